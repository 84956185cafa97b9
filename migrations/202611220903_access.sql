create table members (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid,
  party_id uuid,
  side text not null,
  name text not null,
  email text not null,
  state text not null,
  version int not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  joined_at timestamptz,
  ended_at timestamptz,
  ended_by uuid,
  constraint members_key primary key (tenant_id, id),
  constraint members_state check (state in ('invited', 'active', 'ended')),
  constraint members_side check ((side = 'inner' and party_id is null) or (side = 'outer' and party_id is not null)),
  constraint members_active_person check (state <> 'active' or person_id is not null)
);
create unique index members_one_email on members (tenant_id, email) where state <> 'ended';
create unique index members_one_person on members (tenant_id, person_id) where state = 'active';
create index members_of_party on members (tenant_id, party_id, name, id);
call app.protect('members', 'tenant_id = app.tenant() and app.sees(party_id)');
-- A partner sees who at the host acts for them; contracts decide which fields leave.
create policy app_reads_hosts on members for select to {app} using (tenant_id = app.tenant() and side = 'inner');

create table member_roles (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  party_id uuid,
  role text not null,
  scope jsonb not null default '{}',
  granted_by uuid,
  granted_at timestamptz not null,
  constraint member_roles_key primary key (tenant_id, id),
  constraint member_roles_once unique (tenant_id, member_id, role),
  constraint member_roles_member foreign key (tenant_id, member_id) references members (tenant_id, id)
);
call app.protect('member_roles', 'tenant_id = app.tenant() and app.sees(party_id)');

-- What a host changed of the roles that come with the product.
create table role_permissions (
  tenant_id uuid not null,
  id uuid not null,
  role text not null,
  permission text not null,
  granted boolean not null,
  constraint role_permissions_key primary key (tenant_id, id),
  constraint role_permissions_once unique (tenant_id, role, permission)
);
call app.protect('role_permissions', 'tenant_id = app.tenant() and app.inner()');

-- Which parties a party sees beside itself, as a distributor its chain.
create table party_reach (
  tenant_id uuid not null,
  party_id uuid not null,
  sees_id uuid not null,
  constraint party_reach_key primary key (tenant_id, party_id, sees_id)
);
call app.protect('party_reach', 'tenant_id = app.tenant() and app.inner()');

create table invitations (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  party_id uuid,
  token_hash text not null,
  created_at timestamptz not null,
  created_by uuid,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz,
  constraint invitations_key primary key (tenant_id, id),
  constraint invitations_one_token unique (tenant_id, token_hash),
  constraint invitations_member foreign key (tenant_id, member_id) references members (tenant_id, id)
);
create index invitations_of_member on invitations (tenant_id, member_id);
call app.protect('invitations', 'tenant_id = app.tenant() and app.sees(party_id)');

create table api_keys (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  party_id uuid,
  name text not null,
  hint text not null,
  key_hash text not null,
  scopes text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  constraint api_keys_key primary key (tenant_id, id),
  constraint api_keys_one_hash unique (tenant_id, key_hash),
  constraint api_keys_member foreign key (tenant_id, member_id) references members (tenant_id, id)
);
create index api_keys_of_member on api_keys (tenant_id, member_id);
call app.protect('api_keys', 'tenant_id = app.tenant() and app.sees(party_id)');

-- In which tenants a person is active: local to the coordinator of a cluster, without row rights and without facts.
create table person_tenants (
  person_id uuid not null,
  tenant_id uuid not null,
  constraint person_tenants_key primary key (person_id, tenant_id)
);
grant select, insert, delete on person_tenants to {app};

-- One member with all that a request needs: roles with scopes, the host's changes of them, the parties in sight.
create function app.member_json(p_tenant uuid, p_person uuid, p_member uuid) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare m members;
begin
  select * into m from members x where x.tenant_id = p_tenant and x.state = 'active'
    and (x.person_id = p_person or x.id = p_member) limit 1;
  if m.id is null then return null; end if;
  return jsonb_build_object('tenant_id', m.tenant_id, 'member_id', m.id, 'person_id', m.person_id, 'side', m.side, 'party_id', m.party_id,
    'party_name', (select p.name from partners p where p.tenant_id = m.tenant_id and p.id = m.party_id),
    'roles', (select coalesce(jsonb_agg(jsonb_build_object('role', r.role, 'scope', r.scope) order by r.role), '[]') from member_roles r
      where r.tenant_id = m.tenant_id and r.member_id = m.id),
    'changes', (select coalesce(jsonb_agg(jsonb_build_object('role', p.role, 'permission', p.permission, 'granted', p.granted)), '[]')
      from role_permissions p where p.tenant_id = m.tenant_id),
    'sees', (select coalesce(jsonb_agg(h.sees_id), '[]') from party_reach h where h.tenant_id = m.tenant_id and h.party_id = m.party_id));
end $$;
revoke execute on function app.member_json(uuid, uuid, uuid) from public;

-- Who a session's token is, and in the ecosystem named (or in their only one) which member.
create function app.principal(p_token text, p_slug text) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  person uuid;
  session_id text;
  tenant uuid;
begin
  if p_slug is not null then
    select s.tenant_id into tenant from ecosystem_slugs s where s.slug = p_slug;
  end if;
  if p_token is not null then
    select s."userId"::uuid, s."id" into person, session_id from auth."session" s where s."token" = p_token and s."expiresAt" > now();
  end if;
  if person is not null and p_slug is null then
    select (array_agg(t.tenant_id))[1] into tenant from person_tenants t where t.person_id = person having count(*) = 1;
  end if;
  return jsonb_build_object('person_id', person, 'session_id', session_id, 'tenant_id', tenant,
    'member', case when person is not null and tenant is not null then app.member_json(tenant, person, null) end);
end $$;
revoke execute on function app.principal(text, text) from public;
grant execute on function app.principal(text, text) to {app};

-- Who a machine's key is; the key itself names its tenant.
create function app.key_principal(p_tenant uuid, p_hash text, p_now timestamptz) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare k api_keys;
begin
  select * into k from api_keys x where x.tenant_id = p_tenant and x.key_hash = p_hash and x.revoked_at is null
    and (x.expires_at is null or x.expires_at > p_now);
  if k.id is null then return null; end if;
  return jsonb_build_object('key_id', k.id, 'scopes', to_jsonb(k.scopes), 'tenant_id', k.tenant_id,
    'slug', (select e.slug from ecosystems e where e.tenant_id = k.tenant_id), 'member', app.member_json(k.tenant_id, null, k.member_id));
end $$;
revoke execute on function app.key_principal(uuid, text, timestamptz) from public;
grant execute on function app.key_principal(uuid, text, timestamptz) to {app};

-- Every ecosystem of a person, for the first answer after sign-in.
create function app.memberships(p_person uuid) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (select coalesce(jsonb_agg(app.member_json(t.tenant_id, p_person, null) || jsonb_build_object('slug', e.slug, 'name', e.name,
      'branding', e.branding, 'languages', to_jsonb(e.languages)) order by x.joined_at, e.name), '[]')
    from person_tenants t join ecosystems e on e.tenant_id = t.tenant_id
      left join members x on x.tenant_id = t.tenant_id and x.person_id = p_person and x.state = 'active'
    where t.person_id = p_person);
end $$;
revoke execute on function app.memberships(uuid) from public;
grant execute on function app.memberships(uuid) to {app};

-- An open invitation by its token's hash, for somebody who is nobody yet.
create function app.open_invitation(p_tenant uuid, p_hash text, p_now timestamptz) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (select jsonb_build_object('invitation_id', i.id, 'member_id', m.id, 'party_id', m.party_id, 'side', m.side, 'name', m.name, 'email', m.email,
      'ecosystem', (select e.name from ecosystems e where e.tenant_id = p_tenant),
      'known', exists (select from auth."user" u where u."email" = m.email))
    from invitations i join members m on m.tenant_id = i.tenant_id and m.id = i.member_id
    where i.tenant_id = p_tenant and i.token_hash = p_hash and i.accepted_at is null and i.revoked_at is null and i.expires_at > p_now and m.state = 'invited');
end $$;
revoke execute on function app.open_invitation(uuid, text, timestamptz) from public;
grant execute on function app.open_invitation(uuid, text, timestamptz) to {app};

-- From which ecosystem somebody gets the mails of signing in: the first they joined; null for strangers.
create function app.mail_home(p_email text) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (select jsonb_build_object('tenant_id', e.tenant_id, 'ecosystem', e.name, 'colour', e.branding ->> 'primary', 'locale', coalesce(u."locale", 'en'),
      'two_factor', coalesce(u."twoFactorEnabled", false))
    from auth."user" u join person_tenants t on t.person_id = u."id"::uuid join ecosystems e on e.tenant_id = t.tenant_id
    where u."email" = lower(p_email) order by e.created_at, e.tenant_id limit 1);
end $$;
revoke execute on function app.mail_home(text) from public;
grant execute on function app.mail_home(text) to {app};
