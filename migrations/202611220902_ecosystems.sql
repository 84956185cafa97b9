create table ecosystems (
  tenant_id uuid not null,
  slug text not null,
  name text not null,
  reporting_currency char(3) not null,
  currencies text[] not null,
  fiscal jsonb not null,
  branding jsonb,
  languages text[] not null,
  version int not null default 1,
  created_at timestamptz not null,
  constraint ecosystems_key primary key (tenant_id)
);
call app.protect('ecosystems', 'tenant_id = app.tenant()');

-- Which tenant a slug names: local to the coordinator of a cluster, without row rights and without facts.
create table ecosystem_slugs (
  slug text not null,
  tenant_id uuid not null,
  constraint ecosystem_slugs_key primary key (slug)
);
grant select, insert on ecosystem_slugs to {app};

create table regions (
  tenant_id uuid not null,
  id uuid not null,
  code text not null,
  name text not null,
  parent_code text,
  calendar jsonb not null,
  state text not null default 'active',
  version int not null default 1,
  constraint regions_key primary key (tenant_id, id),
  constraint regions_one_code unique (tenant_id, code),
  constraint regions_parent foreign key (tenant_id, parent_code) references regions (tenant_id, code),
  constraint regions_state check (state in ('active', 'retired'))
);
call app.protect('regions', 'tenant_id = app.tenant()');

create table products (
  tenant_id uuid not null,
  id uuid not null,
  code text not null,
  name text not null,
  family text not null,
  state text not null default 'active',
  version int not null default 1,
  constraint products_key primary key (tenant_id, id),
  constraint products_one_code unique (tenant_id, code),
  constraint products_state check (state in ('active', 'retired'))
);
call app.protect('products', 'tenant_id = app.tenant()');

-- One unit of `base` is `rate` of `currency`, from `on_date` until the next row; a plan's rate holds for its whole year.
create table rates (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  base char(3) not null,
  currency char(3) not null,
  rate numeric not null,
  on_date date not null,
  plan_year int,
  at timestamptz not null,
  constraint rates_key primary key (tenant_id, id),
  constraint rates_once unique (tenant_id, kind, base, currency, on_date),
  constraint rates_kind check (kind in ('ecb', 'manual', 'peg', 'plan')),
  constraint rates_positive check (rate > 0),
  constraint rates_plan_year check ((kind = 'plan') = (plan_year is not null))
);
create index rates_of_currency on rates (tenant_id, currency, kind, on_date);
call app.protect('rates', 'tenant_id = app.tenant()');

create function app.any_ecosystem() returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return exists (select from ecosystem_slugs);
end $$;
revoke execute on function app.any_ecosystem() from public;
grant execute on function app.any_ecosystem() to {app};
