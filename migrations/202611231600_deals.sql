-- A draft may be without a close month; until now the day on which it was begun stood there.
alter table deals alter column closes_on drop not null;
update deals set closes_on = null where review = 'draft' and closes_on = (created_at at time zone 'UTC')::date;
alter table deals add constraint deals_closes check (closes_on is not null or review in ('draft', 'withdrawn'));
-- The list's order has no place for null: who has no month stands after all others.
drop index deals_by_close;
create index deals_by_close on deals (tenant_id, coalesce(closes_on, 'infinity'::date), id);
