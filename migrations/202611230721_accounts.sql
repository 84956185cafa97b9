-- The orders of the list of accounts: by country, and by the last change.
create index accounts_by_country on accounts (tenant_id, coalesce(country, ''), id);
create index accounts_by_updated on accounts (tenant_id, updated_at, id);
