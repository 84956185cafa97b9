create extension if not exists btree_gist;

create table deal_numbers (
  tenant_id uuid not null,
  last int not null,
  constraint deal_numbers_key primary key (tenant_id)
);
call app.protect('deal_numbers', 'tenant_id = app.tenant()');

create table deals (
  tenant_id uuid not null,
  id uuid not null,
  version int not null default 1,
  number int,
  external_id text,
  partner_id uuid not null,
  partner_member_id uuid,
  account_name text not null,
  account_domain text,
  customer_number text,
  country char(2) not null,
  region text,
  product text not null,
  deal_type text not null default 'new',
  tender text,
  prepares_tender boolean not null default false,
  route text not null default 'resale',
  amount_minor bigint not null,
  currency char(3) not null,
  closes_on date not null,
  review text not null,
  protection text not null,
  stage text not null,
  price text not null,
  discount_asked_bps int not null default 0,
  discount_granted_bps int,
  contact_name text,
  contact_email text,
  contact_basis text,
  evidence_on date,
  evidence_kind text,
  evidence_note text,
  description text,
  reason_code text,
  reason_text text,
  asked text,
  answered text,
  extensions int not null default 0,
  free_products text[] not null default '{}',
  completed_at timestamptz,
  decided_at timestamptz,
  decided_by uuid,
  protected_until timestamptz,
  won_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint deals_key primary key (tenant_id, id),
  constraint deals_number unique (tenant_id, number),
  constraint deals_partner foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  constraint deals_amount check (amount_minor > 0),
  constraint deals_review check (review in ('draft', 'submitted', 'under_review', 'info_requested', 'approved', 'rejected', 'lapsed', 'withdrawn')),
  constraint deals_protection check (protection in ('none', 'held', 'protected', 'expired', 'released')),
  constraint deals_stage check (stage in ('open', 'qualified', 'proposed', 'committed', 'won', 'lost')),
  constraint deals_price check (price in ('list', 'asked', 'granted', 'refused')),
  constraint deals_tender check (deal_type <> 'tender' or tender is not null)
);
create unique index deals_external_id on deals (tenant_id, external_id) where external_id is not null;
create index deals_newest on deals (tenant_id, created_at, id);
create index deals_of_partner on deals (tenant_id, partner_id, created_at, id);
create index deals_by_review on deals (tenant_id, review, created_at, id);
create index deals_by_stage on deals (tenant_id, stage, created_at, id);
create index deals_by_close on deals (tenant_id, closes_on, id);
create index deals_by_amount on deals (tenant_id, amount_minor, id);
create index deals_by_account on deals (tenant_id, account_name, id);
call app.protect('deals', 'tenant_id = app.tenant() and app.sees(partner_id)', 'select, insert, update');

-- What the host knows of a deal and the partner does not.
create table deal_inners (
  tenant_id uuid not null,
  deal_id uuid not null,
  account_id uuid,
  amount_plan_minor bigint,
  internal_note text,
  constraint deal_inners_key primary key (tenant_id, deal_id),
  constraint deal_inners_deal foreign key (tenant_id, deal_id) references deals (tenant_id, id)
);
create index deal_inners_of_account on deal_inners (tenant_id, account_id);
call app.protect('deal_inners', 'tenant_id = app.tenant() and app.inner()', 'select, insert, update');
create policy app_records on deal_inners for insert to {app} with check (tenant_id = app.tenant());

-- By which keys a registration is found again: domain, company number, name.
create table deal_keys (
  tenant_id uuid not null,
  key text not null,
  deal_id uuid not null,
  partner_id uuid not null,
  constraint deal_keys_key primary key (tenant_id, key, deal_id)
);
create index deal_keys_of_deal on deal_keys (tenant_id, deal_id);
call app.protect('deal_keys', 'tenant_id = app.tenant() and app.sees(partner_id)', 'select, insert, update, delete');

-- One row a customer: its lock orders the registrations for it, and gives each its moment of completeness.
create table deal_queues (
  tenant_id uuid not null,
  account_key text not null,
  places int not null,
  last_at timestamptz not null,
  constraint deal_queues_key primary key (tenant_id, account_key)
);
call app.protect('deal_queues', 'tenant_id = app.tenant()', 'select, insert, update');

create type app.text_range as range (subtype = text);
grant usage on type app.text_range to {app};
-- A part of a scope as a range, so that the database can say "the same, or either names all".
create function app.part(value text) returns app.text_range language sql immutable parallel safe
  as $$ select case when value is null then app.text_range(null, null) else app.text_range(value, value, '[]') end $$;

create table protections (
  tenant_id uuid not null,
  id uuid not null,
  deal_id uuid not null,
  partner_id uuid not null,
  account_key text not null,
  product_family text,
  country text,
  role text,
  from_at timestamptz not null,
  until_at timestamptz not null,
  ended_at timestamptz,
  constraint protections_key primary key (tenant_id, id),
  constraint protections_deal foreign key (tenant_id, deal_id) references deals (tenant_id, id),
  constraint protections_order check (until_at > from_at),
  constraint protections_one_holder exclude using gist (
    tenant_id with =, account_key with =, app.part(product_family) with &&, app.part(country) with &&, app.part(role) with &&,
    tstzrange(from_at, until_at) with &&
  ) where (ended_at is null)
);
create index protections_of_deal on protections (tenant_id, deal_id);
call app.protect('protections', 'tenant_id = app.tenant() and app.sees(partner_id)', 'select, insert, update');

create table deal_conflicts (
  tenant_id uuid not null,
  id uuid not null,
  deal_id uuid not null,
  other_deal_id uuid not null,
  same_scope boolean not null,
  fields jsonb not null,
  at timestamptz not null,
  constraint deal_conflicts_key primary key (tenant_id, id),
  constraint deal_conflicts_once unique (tenant_id, deal_id, other_deal_id)
);
create index deal_conflicts_of_other on deal_conflicts (tenant_id, other_deal_id);
call app.protect('deal_conflicts', 'tenant_id = app.tenant() and app.inner()', 'select, insert, update');
create policy app_records on deal_conflicts for insert to {app} with check (tenant_id = app.tenant());
