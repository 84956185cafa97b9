-- A registration that another took the place of: a later one of the partner, one of the customer's choice, or one that the host handed on.
alter table deals drop constraint deals_review;
alter table deals add constraint deals_review check (review in ('draft', 'submitted', 'under_review', 'info_requested', 'approved', 'rejected', 'lapsed', 'withdrawn', 'superseded'));

-- What took its place. The partner knows only of a later one of its own (its party_id stands here then); all others are for the host.
create table deal_successions (
  tenant_id uuid not null,
  deal_id uuid not null,
  party_id uuid,
  decided_by text not null,
  by_deal_id uuid,
  opportunity_id uuid,
  written_on date,
  at timestamptz not null,
  constraint deal_successions_key primary key (tenant_id, deal_id),
  constraint deal_successions_deal foreign key (tenant_id, deal_id) references deals (tenant_id, id),
  constraint deal_successions_by check (decided_by in ('partner', 'customer', 'host'))
);
create index deal_successions_of_successor on deal_successions (tenant_id, by_deal_id);
call app.protect('deal_successions', 'tenant_id = app.tenant() and app.sees(party_id)', 'select, insert, update');
