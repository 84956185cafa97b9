-- A host's numbers come from several lanes, each with the next number of its own: who registers takes the free lane with the
-- smallest, so that numbers follow one another when registrations do, and registrations at once do not wait for one another.
alter table deal_numbers rename column last to next;
alter table deal_numbers add column lane int not null default 0;
alter table deal_numbers drop constraint deal_numbers_key;
alter table deal_numbers add constraint deal_numbers_key primary key (tenant_id, lane);
alter table deal_numbers alter column lane drop default;
insert into deal_numbers (tenant_id, lane, next)
  select n.tenant_id, l.lane, n.next + 1 + l.lane from deal_numbers n cross join generate_series(1, 31) as l (lane) on conflict do nothing;
update deal_numbers set next = next + 1 where lane = 0;
