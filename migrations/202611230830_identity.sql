-- Whom a link by mail signs in, as its owner knows the address again and nobody else reads it; nothing is used up.
-- The library keeps other secrets in the same table: what holds no address is no such link. Its times are those of the clock on the wall.
create function app.sign_in_link(p_token text) returns text
language plpgsql stable security definer set search_path = auth, pg_temp as $$
begin
  return (select regexp_replace(substring(v."value" from '"email":"([^"]+@[^"]+)"'), '^(.).*@', '\1…@')
    from auth."verification" v where v."identifier" = p_token and v."expiresAt" > now());
end $$;
revoke execute on function app.sign_in_link(text) from public;
grant execute on function app.sign_in_link(text) to {app};
