-- Says the same as before in a form of which the planner expects many rows, not one in two hundred.
create or replace function app.inner() returns boolean language sql stable parallel safe
  as $$ select strpos(current_setting('app.party_ids', true), '*') > 0 $$;
