-- The same walls in a form of which the planner expects that most rows pass: for the host all do, and a party's queries name the party.
create or replace function app.inner() returns boolean language sql stable parallel safe
  as $$ select strpos(current_setting('app.party_ids', true), '*') <> 0 $$;
create or replace function app.sees(party uuid) returns boolean language sql stable parallel safe
  as $$ select current_setting('app.party_ids', true) = '*' or strpos(current_setting('app.party_ids', true), party::text) <> 0 $$;
