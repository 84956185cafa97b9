-- How often work was tried before it was given up (null: it was given up before this was counted), and when a person let it go.
alter table parked_jobs add column tries int, add column dismissed_at timestamptz;
