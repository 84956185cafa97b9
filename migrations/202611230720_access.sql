-- A role of the host's own is renamed, and retired once nobody holds it; its code stays with what tells of it.
alter table roles add column retired_at timestamptz;
grant update on roles to {app};
