create table imports (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  name text not null,
  state text not null,
  problem text,
  file_key text,
  file_bytes int8 not null,
  file_sha256 text not null,
  rows_key text,
  format jsonb,
  header jsonb not null default '[]',
  sample jsonb not null default '[]',
  mapping jsonb not null default '[]',
  settings jsonb not null default '{}',
  total int not null default 0,
  done int not null default 0,
  created int not null default 0,
  changed int not null default 0,
  unchanged int not null default 0,
  refused int not null default 0,
  undone int not null default 0,
  kept int not null default 0,
  preview jsonb,
  report jsonb,
  created_by uuid,
  run_by uuid,
  created_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz,
  version int not null default 1,
  constraint imports_key primary key (tenant_id, id),
  constraint imports_state check (state in ('reading', 'unreadable', 'mapping', 'checking', 'checked', 'running', 'cancelled', 'failed', 'done', 'undoing', 'undone'))
);
create index imports_by_created on imports (tenant_id, created_at, id);
create index imports_by_file on imports (tenant_id, file_sha256);
call app.protect('imports', 'tenant_id = app.tenant() and app.inner()', 'select, insert, update');

-- What became of each row of a file; `cells` is kept of refused rows only, so that they can be given back for correction.
create table import_rows (
  tenant_id uuid not null,
  id uuid not null,
  import_id uuid not null,
  line int not null,
  outcome text not null,
  title text not null,
  record_id uuid,
  record_version int,
  changes jsonb,
  hash text,
  cells jsonb,
  issues jsonb,
  undo text,
  constraint import_rows_key primary key (tenant_id, id),
  constraint import_rows_of foreign key (tenant_id, import_id) references imports (tenant_id, id),
  constraint import_rows_outcome check (outcome in ('created', 'updated', 'unchanged', 'refused')),
  constraint import_rows_undo check (undo in ('undone', 'touched', 'in_use'))
);
create index import_rows_in_order on import_rows (tenant_id, import_id, line, id);
create index import_rows_by_hash on import_rows (tenant_id, hash) where hash is not null;
call app.protect('import_rows', 'tenant_id = app.tenant() and app.inner()', 'select, insert, update');
