-- The engines' own tables. {app} is the role the product runs as; it owns nothing.
create schema app;
grant usage on schema app to {app};

create function app.tenant() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.tenant_id', true), '')::uuid $$;

-- Which parties' rows the transaction may see: '*' for all, else canonical ids joined by commas.
create function app.sees(party uuid) returns boolean language sql stable parallel safe
  as $$ select current_setting('app.party_ids', true) = '*' or strpos(current_setting('app.party_ids', true), party::text) > 0 $$;

create function app.inner() returns boolean language sql stable parallel safe
  as $$ select current_setting('app.party_ids', true) = '*' $$;

-- The only way into a tenant: sets every setting, for this transaction, on every node of a cluster.
create function app.enter(tenant uuid, parties text, actor uuid) returns timestamptz language plpgsql as $$
begin
  perform set_config('citus.propagate_set_commands', 'local', true);
  execute format('set local app.tenant_id = %L', coalesce(tenant::text, ''));
  execute format('set local app.party_ids = %L', parties);
  execute format('set local app.actor_id = %L', coalesce(actor::text, ''));
  return now();
end $$;

-- Walls of one table: forced row rights, the app's policy, the owner's, the grants.
create procedure app.protect(name text, rule text, rights text default 'select, insert, update, delete') language plpgsql as $$
begin
  execute format('alter table %I enable row level security', name);
  execute format('alter table %I force row level security', name);
  execute format('create policy app_rows on %I to {app} using (%s) with check (%s)', name, rule, rule);
  execute format('create policy owner_all on %I to current_user using (true) with check (true)', name);
  execute format('grant %s on %I to {app}', rights, name);
end $$;

create function app.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception using errcode = '23001', message = tg_argv[0];
end $$;

create table events (
  tenant_id uuid not null,
  id uuid not null,
  type text not null,
  version int not null default 1,
  subject_type text not null,
  subject_id uuid not null,
  party_id uuid,
  audience text not null default 'outer',
  actor_id uuid,
  via text not null,
  request_id text,
  at timestamptz not null,
  data jsonb not null default '{}',
  changes jsonb not null default '{}',
  salt text not null,
  constraint events_key primary key (tenant_id, id),
  constraint events_audience check (audience in ('inner', 'outer'))
);
create index events_of_subject on events (tenant_id, subject_type, subject_id, id);
create index events_of_party on events (tenant_id, party_id, id);
create trigger events_append_only before update or delete on events for each row execute function app.refuse_change('events_append_only');
call app.protect('events', 'tenant_id = app.tenant() and (app.inner() or (app.sees(party_id) and audience = ''outer''))', 'select, insert');
-- An outer actor's verb may leave an event that only the inner side reads.
create policy app_emits on events for insert to {app} with check (tenant_id = app.tenant() and (party_id is null or app.sees(party_id)));

create table outbox (
  tenant_id uuid not null,
  event_id uuid not null,
  constraint outbox_key primary key (tenant_id, event_id)
);
call app.protect('outbox', 'tenant_id = app.tenant()');

create table event_chain (
  tenant_id uuid not null,
  seq bigint not null,
  event_id uuid not null,
  digest text not null,
  hash text not null,
  constraint event_chain_key primary key (tenant_id, seq),
  constraint event_chain_once unique (tenant_id, event_id)
);
create trigger event_chain_append_only before update or delete on event_chain for each row execute function app.refuse_change('event_chain_append_only');
call app.protect('event_chain', 'tenant_id = app.tenant() and app.inner()', 'select, insert');

create table chain_heads (
  tenant_id uuid not null,
  seq bigint not null,
  hash text not null,
  constraint chain_heads_key primary key (tenant_id)
);
call app.protect('chain_heads', 'tenant_id = app.tenant() and app.inner()', 'select, insert, update');

create table inbox (
  tenant_id uuid not null,
  event_id uuid not null,
  listener text not null,
  at timestamptz not null,
  constraint inbox_key primary key (tenant_id, event_id, listener)
);
call app.protect('inbox', 'tenant_id = app.tenant() and app.inner()', 'select, insert');

create table idempotency_keys (
  tenant_id uuid not null,
  actor_id uuid not null,
  key text not null,
  request_hash text not null,
  status int,
  answer text,
  at timestamptz not null,
  constraint idempotency_keys_key primary key (tenant_id, actor_id, key)
);
create index idempotency_keys_age on idempotency_keys (tenant_id, at);
call app.protect('idempotency_keys', 'tenant_id = app.tenant()');

create table audits (
  tenant_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  actor_id uuid,
  person_id uuid,
  party_id uuid,
  route text not null,
  subject_id uuid,
  via text not null,
  request_id text,
  constraint audits_key primary key (tenant_id, id)
);
create index audits_of_subject on audits (tenant_id, subject_id, id);
create trigger audits_append_only before update or delete on audits for each row execute function app.refuse_change('audits_append_only');
call app.protect('audits', 'tenant_id = app.tenant() and (app.inner() or app.sees(party_id))', 'select, insert');

create table clocks (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  subject_type text not null,
  subject_id uuid not null,
  party_id uuid,
  ball text not null,
  holder_id uuid,
  calendar jsonb,
  started_at timestamptz not null,
  due_at timestamptz,
  left_minutes int,
  paused_at timestamptz,
  fired_at timestamptz,
  ended_at timestamptz,
  constraint clocks_key primary key (tenant_id, id),
  constraint clocks_ball check (ball in ('inner', 'outer')),
  constraint clocks_running_or_paused check ((due_at is null) = (left_minutes is not null))
);
create unique index clocks_one_running on clocks (tenant_id, subject_type, subject_id, name) where fired_at is null and ended_at is null;
create index clocks_due on clocks (tenant_id, due_at) where fired_at is null and ended_at is null;
create index clocks_of_subject on clocks (tenant_id, subject_type, subject_id);
call app.protect('clocks', 'tenant_id = app.tenant() and app.sees(party_id)');

-- When each tenant next has a clock to fire: local to the coordinator of a cluster, without row rights and without facts.
create table clock_due (
  tenant_id uuid not null,
  next_at timestamptz not null,
  constraint clock_due_key primary key (tenant_id)
);
grant select, insert, update, delete on clock_due to {app};

create table parked_jobs (
  tenant_id uuid not null,
  id uuid not null,
  job text not null,
  ref jsonb not null,
  reason text not null,
  parked_at timestamptz not null,
  replayed_at timestamptz,
  constraint parked_jobs_key primary key (tenant_id, id)
);
call app.protect('parked_jobs', 'tenant_id = app.tenant() and app.inner()');

create function app.tenants_with_outbox() returns setof uuid language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query select distinct o.tenant_id from outbox o limit 200;
end $$;
revoke execute on function app.tenants_with_outbox() from public;
grant execute on function app.tenants_with_outbox() to {app};

create function app.tenants_with_old_keys(at timestamptz) returns setof uuid language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query select distinct k.tenant_id from idempotency_keys k where k.at < $1 - interval '24 hours' limit 1000;
end $$;
revoke execute on function app.tenants_with_old_keys(timestamptz) from public;
grant execute on function app.tenants_with_old_keys(timestamptz) to {app};
