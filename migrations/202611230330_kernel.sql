-- Is it this actor's own row, or the system's work for a whole tenant?
create function app.acts(actor uuid) returns boolean language sql stable parallel safe
  as $$ select (current_setting('app.actor_id', true) = '' and current_setting('app.party_ids', true) = '*') or strpos(current_setting('app.actor_id', true), actor::text) > 0 $$;

-- The answer to somebody's request is theirs alone.
alter policy app_rows on idempotency_keys using (tenant_id = app.tenant() and app.acts(actor_id)) with check (tenant_id = app.tenant() and app.acts(actor_id));

-- A partner's verb leaves an event to be told; only the relay reads what waits.
alter policy app_rows on outbox using (tenant_id = app.tenant() and app.inner()) with check (tenant_id = app.tenant() and app.inner());
create policy app_emits on outbox for insert to {app} with check (tenant_id = app.tenant());
