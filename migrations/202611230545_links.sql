-- What a button in a mail may do without signing in: one verb on one record for one member, once. Only the token's hash is kept.
-- `basis` is how the record stood when the mail was written; the link ends when that changes.
create table mail_links (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  party_id uuid not null,
  verb text not null,
  subject_id uuid not null,
  basis text not null,
  token_hash text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz,
  constraint mail_links_key primary key (tenant_id, id),
  constraint mail_links_one_token unique (tenant_id, token_hash)
);
create index mail_links_of_subject on mail_links (tenant_id, subject_id, member_id);
call app.protect('mail_links', 'tenant_id = app.tenant() and app.sees(party_id)', 'select, insert, update');

-- A link by its token's hash, with the member it speaks for as they stand now (null once their access has ended).
create function app.mail_link(p_tenant uuid, p_hash text, p_verb text) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (select jsonb_build_object('link_id', l.id, 'subject_id', l.subject_id, 'basis', l.basis,
      'expires_at', to_char(l.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      'used_at', to_char(l.used_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'revoked_at', l.revoked_at,
      'member', app.member_json(l.tenant_id, null, l.member_id),
      'name', (select m.name from members m where m.tenant_id = l.tenant_id and m.id = l.member_id),
      'ecosystem', (select e.name from ecosystems e where e.tenant_id = l.tenant_id))
    from mail_links l where l.tenant_id = p_tenant and l.token_hash = p_hash and l.verb = p_verb);
end $$;
revoke execute on function app.mail_link(uuid, text, text) from public;
grant execute on function app.mail_link(uuid, text, text) to {app};
