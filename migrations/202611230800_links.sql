-- Links that are long over are cleared away, the oldest end first.
create index mail_links_by_end on mail_links (tenant_id, (coalesce(used_at, expires_at)));
grant delete on mail_links to {app};
