-- Which countries a region means: each in one region only, since regions nest and so those above it have it as well.
create table region_countries (
  tenant_id uuid not null,
  country char(2) not null,
  region_code text not null,
  constraint region_countries_key primary key (tenant_id, country),
  constraint region_countries_of foreign key (tenant_id, region_code) references regions (tenant_id, code),
  constraint region_countries_code check (country ~ '^[A-Z]{2}$')
);
create index region_countries_by_region on region_countries (tenant_id, region_code);
call app.protect('region_countries', 'tenant_id = app.tenant() and app.inner()');
create policy app_reads on region_countries for select to {app} using (tenant_id = app.tenant());

-- Where its partners are at home, reckoned from the countries of all regions whenever one is saved; empty where that is not said.
alter table regions add column territory text[] not null default '{}';
