-- Where a suspended partner goes on when it is reinstated; of those that were suspended before nobody wrote it down, and they are active again.
alter table partners add column status_before text;
alter table partners add constraint partners_status_before check (status_before in ('onboarding', 'active')) not valid;
