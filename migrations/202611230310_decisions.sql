-- A document tried over recorded decisions: how far it is, and what it would change. Long histories go on in the background.
create table rule_replays (
  tenant_id uuid not null,
  id uuid not null,
  document_id uuid not null,
  document_version int not null,
  since timestamptz not null,
  state text not null,
  total int not null,
  done int not null default 0,
  last_id uuid not null default '00000000-0000-0000-0000-000000000000',
  found jsonb not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  constraint rule_replays_key primary key (tenant_id, id),
  constraint rule_replays_state check (state in ('running', 'done', 'stale')),
  constraint rule_replays_document foreign key (tenant_id, document_id) references rule_documents (tenant_id, id)
);
create index rule_replays_of_document on rule_replays (tenant_id, document_id, id);
call app.protect('rule_replays', 'tenant_id = app.tenant() and app.inner()', 'select, insert, update');
