-- A partner's list by close month, and its protected deals by value: each page is read in order instead of reading all of them.
create index deals_of_partner_by_close on deals (tenant_id, partner_id, coalesce(closes_on, 'infinity'::date), id);
create index deals_protected_of_partner on deals (tenant_id, partner_id, amount_minor, id) where protection = 'protected';
