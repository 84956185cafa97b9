create table mails (
  tenant_id uuid not null,
  id uuid not null,
  to_address text not null,
  template text not null,
  locale text not null,
  fields jsonb not null,
  state text not null default 'waiting',
  subject text,
  html text,
  plain text,
  created_at timestamptz not null,
  done_at timestamptz,
  constraint mails_key primary key (tenant_id, id),
  constraint mails_state check (state in ('waiting', 'kept', 'sent'))
);
create index mails_by_time on mails (tenant_id, created_at, id);
call app.protect('mails', 'tenant_id = app.tenant() and app.inner()');
-- A partner's verb may send a mail; only the host's side reads the outbox.
create policy app_sends on mails for insert to {app} with check (tenant_id = app.tenant());
