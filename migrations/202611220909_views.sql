create table saved_views (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  party_id uuid,
  page text not null,
  name text not null,
  query jsonb not null,
  created_at timestamptz not null,
  constraint saved_views_key primary key (tenant_id, id),
  constraint saved_views_one_name unique (tenant_id, member_id, page, name),
  constraint saved_views_member foreign key (tenant_id, member_id) references members (tenant_id, id)
);
call app.protect('saved_views', 'tenant_id = app.tenant() and app.sees(party_id)');
