-- Of ecosystems joined at the same moment the one whose membership was made first comes first, not the one with the earlier name.
create or replace function app.memberships(p_person uuid) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (select coalesce(jsonb_agg(app.member_json(t.tenant_id, p_person, null) || jsonb_build_object('slug', e.slug, 'name', e.name,
      'branding', e.branding, 'languages', to_jsonb(e.languages)) order by x.joined_at, x.id, e.name), '[]')
    from person_tenants t join ecosystems e on e.tenant_id = t.tenant_id
      left join members x on x.tenant_id = t.tenant_id and x.person_id = p_person and x.state = 'active'
    where t.person_id = p_person);
end $$;
