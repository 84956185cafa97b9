-- Mails that were asked for at the sign-in and are not looked after yet, whether or not there is such a login: a process that dies in between
-- loses none. Taken with the mail itself, in one transaction, so that each is sent once.
create table auth.asked_mails (
  id uuid constraint asked_mails_key primary key,
  path text not null,
  host text not null,
  body jsonb not null,
  asked_at timestamptz not null default now()
);
grant select, insert, delete on auth.asked_mails to {auth};

create function app.take_asked_mail(p_id uuid) returns boolean
language plpgsql security definer set search_path = auth, pg_temp as $$
begin
  delete from auth.asked_mails where id = p_id;
  return found;
end $$;
revoke execute on function app.take_asked_mail(uuid) from public;
grant execute on function app.take_asked_mail(uuid) to {app};
