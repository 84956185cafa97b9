-- Running clocks of one name in the order in which they run out: what somebody's inbox reads.
create index clocks_running on clocks (tenant_id, name, due_at) where fired_at is null and ended_at is null;
