create table partners (
  tenant_id uuid not null,
  id uuid not null,
  number int not null,
  legal_name text not null,
  trading_name text,
  name text not null generated always as (coalesce(trading_name, legal_name)) stored,
  name_key text not null,
  external_id text,
  domain text,
  website text,
  phone text,
  description text not null default '',
  country char(2) not null,
  region text,
  parent_id uuid,
  distributor_id uuid,
  firm_id uuid,
  manager_id uuid,
  executive_sponsor_id uuid,
  status text not null,
  status_reason text,
  status_text text not null default '',
  status_at timestamptz not null,
  note text not null default '',
  custom jsonb not null default '{}',
  merged_into_id uuid,
  archived_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint partners_key primary key (tenant_id, id),
  constraint partners_number unique (tenant_id, number),
  constraint partners_parent foreign key (tenant_id, parent_id) references partners (tenant_id, id),
  constraint partners_distributor foreign key (tenant_id, distributor_id) references partners (tenant_id, id),
  constraint partners_merged_into foreign key (tenant_id, merged_into_id) references partners (tenant_id, id),
  constraint partners_status check (status in ('onboarding', 'active', 'suspended', 'terminated')),
  constraint partners_not_own_parent check (parent_id <> id and distributor_id <> id)
);
create unique index partners_external_id on partners (tenant_id, external_id) where external_id is not null and merged_into_id is null;
create index partners_by_name on partners (tenant_id, name, id);
create index partners_by_name_key on partners (tenant_id, name_key);
create index partners_by_parent on partners (tenant_id, parent_id);
create index partners_by_distributor on partners (tenant_id, distributor_id);
create index partners_by_merged_into on partners (tenant_id, merged_into_id);
create index partners_by_manager on partners (tenant_id, manager_id);
create index partners_by_firm on partners (tenant_id, firm_id);
call app.protect('partners', 'tenant_id = app.tenant() and app.sees(id)');

-- Every domain of a firm, its main one included; firms of one group may share one.
create table partner_domains (
  tenant_id uuid not null,
  partner_id uuid not null,
  domain text not null,
  constraint partner_domains_key primary key (tenant_id, partner_id, domain),
  constraint partner_domains_of foreign key (tenant_id, partner_id) references partners (tenant_id, id)
);
create index partner_domains_by_domain on partner_domains (tenant_id, domain);
call app.protect('partner_domains', 'tenant_id = app.tenant() and app.sees(partner_id)');

create table partner_tracks (
  tenant_id uuid not null,
  partner_id uuid not null,
  track text not null,
  tier text not null default '',
  since_at timestamptz not null,
  constraint partner_tracks_key primary key (tenant_id, partner_id, track),
  constraint partner_tracks_of foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  constraint partner_tracks_known check (track in ('reseller', 'si', 'msp', 'isv', 'referral', 'influence', 'distributor'))
);
create index partner_tracks_by_track on partner_tracks (tenant_id, track, tier);
call app.protect('partner_tracks', 'tenant_id = app.tenant() and app.sees(partner_id)');

-- What a merge moved, so that it can be told apart and taken back.
create table partner_merges (
  tenant_id uuid not null,
  id uuid not null,
  from_id uuid not null,
  into_id uuid not null,
  merged_at timestamptz not null,
  merged_by uuid,
  moved jsonb not null,
  constraint partner_merges_key primary key (tenant_id, id),
  constraint partner_merges_from foreign key (tenant_id, from_id) references partners (tenant_id, id),
  constraint partner_merges_into foreign key (tenant_id, into_id) references partners (tenant_id, id)
);
create index partner_merges_by_from on partner_merges (tenant_id, from_id);
create index partner_merges_by_into on partner_merges (tenant_id, into_id);
create trigger partner_merges_append_only before update or delete on partner_merges
  for each row execute function app.refuse_change('partner_merges_append_only');
call app.protect('partner_merges', 'tenant_id = app.tenant() and app.inner()', 'select, insert');

create table partner_numbers (
  tenant_id uuid not null,
  last int not null,
  constraint partner_numbers_key primary key (tenant_id)
);
call app.protect('partner_numbers', 'tenant_id = app.tenant() and app.inner()', 'select, insert, update');
