-- An address once in each firm and once at the host: a firm that invites somebody of another must not learn of it. A person is active once all the same.
drop index members_one_email;
create unique index members_one_email on members (tenant_id, email, party_id) nulls not distinct where state <> 'ended';
