-- Only a cluster needs `set local` (it alone travels to the nodes); elsewhere three parsed statements a transaction are wasted.
create or replace function app.enter(tenant uuid, parties text, actor uuid) returns timestamptz language plpgsql as $$
declare entered text;
begin
  if current_setting('citus.shard_count', true) is null then
    entered := set_config('app.tenant_id', coalesce(tenant::text, ''), true) || set_config('app.party_ids', coalesce(parties, ''), true)
      || set_config('app.actor_id', coalesce(actor::text, ''), true);
  else
    perform set_config('citus.propagate_set_commands', 'local', true);
    execute format('set local app.tenant_id = %L', coalesce(tenant::text, ''));
    execute format('set local app.party_ids = %L', parties);
    execute format('set local app.actor_id = %L', coalesce(actor::text, ''));
  end if;
  return now();
end $$;
