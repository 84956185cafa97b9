-- The demo world's time belongs to the system, not to partners.
alter policy app_rows on demo_clocks using (tenant_id = app.tenant() and app.inner()) with check (tenant_id = app.tenant() and app.inner());
