-- Everybody of an ecosystem reads its frame; only its host's side writes it.
alter policy app_rows on ecosystems using (tenant_id = app.tenant() and app.inner()) with check (tenant_id = app.tenant() and app.inner());
create policy app_reads on ecosystems for select to {app} using (tenant_id = app.tenant());
alter policy app_rows on regions using (tenant_id = app.tenant() and app.inner()) with check (tenant_id = app.tenant() and app.inner());
create policy app_reads on regions for select to {app} using (tenant_id = app.tenant());
alter policy app_rows on products using (tenant_id = app.tenant() and app.inner()) with check (tenant_id = app.tenant() and app.inner());
create policy app_reads on products for select to {app} using (tenant_id = app.tenant());
alter policy app_rows on rates using (tenant_id = app.tenant() and app.inner()) with check (tenant_id = app.tenant() and app.inner());
create policy app_reads on rates for select to {app} using (tenant_id = app.tenant());
