-- What of Home somebody does not want to see any more, in whatever browser they sit at.
create table hidden_parts (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  part text not null,
  hidden_at timestamptz not null,
  constraint hidden_parts_key primary key (tenant_id, id),
  constraint hidden_parts_once unique (tenant_id, member_id, part),
  constraint hidden_parts_member foreign key (tenant_id, member_id) references members (tenant_id, id)
);
call app.protect('hidden_parts', 'tenant_id = app.tenant() and app.acts(member_id)');
