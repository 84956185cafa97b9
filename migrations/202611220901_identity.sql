-- Tables of the sign-in library as it generates them, with named constraints. {auth} works in this schema alone; {app} has no right in it.
create schema auth;
grant usage on schema auth to {auth};

create table auth."user" (
  "id" text not null constraint user_key primary key,
  "name" text not null,
  "email" text not null constraint user_one_email unique,
  "emailVerified" boolean not null,
  "image" text,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz default current_timestamp not null,
  "twoFactorEnabled" boolean,
  "locale" text
);

create table auth."session" (
  "id" text not null constraint session_key primary key,
  "expiresAt" timestamptz not null,
  "token" text not null constraint session_one_token unique,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null constraint session_of_person references auth."user" ("id") on delete cascade
);
create index session_of_user on auth."session" ("userId");

create table auth."account" (
  "id" text not null constraint account_key primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null constraint account_of_person references auth."user" ("id") on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope" text,
  "password" text,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz not null
);
create index account_of_user on auth."account" ("userId");

create table auth."verification" (
  "id" text not null constraint verification_key primary key,
  "identifier" text not null,
  "value" text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz default current_timestamp not null
);
create index verification_of_identifier on auth."verification" ("identifier");

create table auth."twoFactor" (
  "id" text not null constraint two_factor_key primary key,
  "secret" text not null,
  "backupCodes" text not null,
  "userId" text not null constraint two_factor_of_person references auth."user" ("id") on delete cascade,
  "verified" boolean,
  "failedVerificationCount" integer,
  "lockedUntil" timestamptz
);
create index two_factor_of_secret on auth."twoFactor" ("secret");
create index two_factor_of_user on auth."twoFactor" ("userId");

create table auth."passkey" (
  "id" text not null constraint passkey_key primary key,
  "name" text,
  "publicKey" text not null,
  "userId" text not null constraint passkey_of_person references auth."user" ("id") on delete cascade,
  "credentialID" text not null,
  "counter" integer not null,
  "deviceType" text not null,
  "backedUp" boolean not null,
  "transports" text,
  "createdAt" timestamptz,
  "aaguid" text
);
create index passkey_of_user on auth."passkey" ("userId");
create index passkey_of_credential on auth."passkey" ("credentialID");

-- Failed sign-ins by account and address; only failures are kept, so a lock touches nobody else.
create table auth.sign_in_failures (
  email text not null,
  address text not null,
  at timestamptz not null
);
create index sign_in_failures_of_account on auth.sign_in_failures (email, address, at);

grant select, insert, update, delete on all tables in schema auth to {auth};

-- A new person, or the one who has this address already: their name and password then stay as they are.
create function app.create_person(p_id uuid, p_email text, p_name text, p_locale text, p_hash text) returns jsonb
language plpgsql security definer set search_path = auth, pg_temp as $$
declare found_id text;
begin
  insert into auth."user" ("id", "name", "email", "emailVerified", "locale")
    values (p_id::text, p_name, lower(p_email), true, p_locale) on conflict ("email") do nothing returning "id" into found_id;
  if found_id is null then
    select u."id" into found_id from auth."user" u where u."email" = lower(p_email);
    return jsonb_build_object('id', found_id, 'created', false);
  end if;
  if p_hash is not null then
    insert into auth."account" ("id", "accountId", "providerId", "userId", "password", "updatedAt")
      values (gen_random_uuid()::text, found_id, 'credential', found_id, p_hash, now());
  end if;
  return jsonb_build_object('id', found_id, 'created', true);
end $$;
revoke execute on function app.create_person(uuid, text, text, text, text) from public;
grant execute on function app.create_person(uuid, text, text, text, text) to {app};

create function app.person(p_person uuid) returns jsonb
language plpgsql stable security definer set search_path = auth, pg_temp as $$
begin
  return (select jsonb_build_object('id', u."id", 'name', u."name", 'email', u."email", 'locale', coalesce(u."locale", 'en'),
      'two_factor', coalesce(u."twoFactorEnabled", false),
      'password', exists (select from auth."account" a where a."userId" = u."id" and a."password" is not null),
      'passkeys', (select count(*) from auth."passkey" p where p."userId" = u."id"))
    from auth."user" u where u."id" = p_person::text);
end $$;
revoke execute on function app.person(uuid) from public;
grant execute on function app.person(uuid) to {app};

-- The caller names the person it acts for; null leaves a field as it is.
create function app.update_person(p_person uuid, p_name text, p_locale text) returns void
language plpgsql security definer set search_path = auth, pg_temp as $$
begin
  update auth."user" set "name" = coalesce(p_name, "name"), "locale" = coalesce(p_locale, "locale"), "updatedAt" = now() where "id" = p_person::text;
end $$;
revoke execute on function app.update_person(uuid, text, text) from public;
grant execute on function app.update_person(uuid, text, text) to {app};

-- Sessions of one person; the token itself never leaves.
create function app.sessions_of(p_person uuid) returns table (id text, created_at timestamptz, seen_at timestamptz, expires_at timestamptz, address text, agent text)
language plpgsql stable security definer set search_path = auth, pg_temp as $$
begin
  return query select s."id", s."createdAt", s."updatedAt", s."expiresAt", s."ipAddress", s."userAgent" from auth."session" s
    where s."userId" = p_person::text and s."expiresAt" > now() order by s."createdAt" desc limit 200;
end $$;
revoke execute on function app.sessions_of(uuid) from public;
grant execute on function app.sessions_of(uuid) to {app};

create function app.revoke_session(p_person uuid, p_session text) returns boolean
language plpgsql security definer set search_path = auth, pg_temp as $$
begin
  delete from auth."session" s where s."userId" = p_person::text and s."id" = p_session;
  return found;
end $$;
revoke execute on function app.revoke_session(uuid, text) from public;
grant execute on function app.revoke_session(uuid, text) to {app};
