-- The roles that a host makes beside those that come with the product; what each may do stands in role_permissions.
create table roles (
  tenant_id uuid not null,
  id uuid not null,
  code text not null,
  side text not null,
  name text not null,
  created_at timestamptz not null,
  constraint roles_key primary key (tenant_id, id),
  constraint roles_once unique (tenant_id, code),
  constraint roles_side check (side in ('inner', 'outer'))
);
call app.protect('roles', 'tenant_id = app.tenant() and app.inner()', 'select, insert');
