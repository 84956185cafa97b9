-- A party's own rows are what is asked most: they are known after one look at the settings.
create or replace function app.sees(party uuid) returns boolean language sql stable parallel safe
  as $$ select strpos(current_setting('app.party_ids', true), party::text) <> 0 or current_setting('app.party_ids', true) = '*' $$;
