create table rule_documents (
  tenant_id uuid not null,
  id uuid not null,
  version int not null default 1,
  kind text not null,
  title text not null,
  scope_kind text not null,
  scope_value text,
  number int not null,
  state text not null,
  body jsonb not null,
  tested_at timestamptz,
  published_from timestamptz,
  retired_at timestamptz,
  created_at timestamptz not null,
  created_by uuid,
  constraint rule_documents_key primary key (tenant_id, id),
  constraint rule_documents_state check (state in ('draft', 'tested', 'published', 'retired')),
  constraint rule_documents_scope check ((scope_kind = 'ecosystem' and scope_value is null) or (scope_kind in ('region', 'track') and scope_value is not null)),
  constraint rule_documents_dated check (state in ('draft', 'tested') or published_from is not null)
);
create unique index rule_documents_number on rule_documents (tenant_id, kind, scope_kind, coalesce(scope_value, ''), number);
create index rule_documents_in_force on rule_documents (tenant_id, kind, published_from) where state = 'published';
call app.protect('rule_documents', 'tenant_id = app.tenant() and (app.inner() or state = ''published'')', 'select, insert, update');

create table decisions (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  subject_type text not null,
  subject_id uuid not null,
  partner_id uuid,
  outcome text not null,
  decided_by text not null,
  member_id uuid,
  document_id uuid,
  reasons jsonb not null,
  facts jsonb not null,
  note text,
  at timestamptz not null,
  constraint decisions_key primary key (tenant_id, id),
  constraint decisions_by check (decided_by in ('rule', 'person', 'clock')),
  constraint decisions_document foreign key (tenant_id, document_id) references rule_documents (tenant_id, id)
);
create index decisions_of_subject on decisions (tenant_id, subject_type, subject_id, id);
create index decisions_of_kind on decisions (tenant_id, kind, id);
create trigger decisions_append_only before update or delete on decisions for each row execute function app.refuse_change('decisions_append_only');
call app.protect('decisions', 'tenant_id = app.tenant() and app.sees(partner_id)', 'select, insert');

-- What only the host may read of a decision; a partner's verb writes it and cannot read it back.
create table decision_facts (
  tenant_id uuid not null,
  decision_id uuid not null,
  reasons jsonb not null,
  facts jsonb not null,
  constraint decision_facts_key primary key (tenant_id, decision_id)
);
create trigger decision_facts_append_only before update or delete on decision_facts for each row execute function app.refuse_change('decision_facts_append_only');
call app.protect('decision_facts', 'tenant_id = app.tenant() and app.inner()', 'select, insert');
create policy app_records on decision_facts for insert to {app} with check (tenant_id = app.tenant());
