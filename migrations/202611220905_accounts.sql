create table accounts (
  tenant_id uuid not null,
  id uuid not null,
  external_id text,
  name text not null,
  name_key text not null,
  country char(2),
  company_number text,
  domain text,
  shared_domain boolean not null default false,
  parent_id uuid,
  is_customer boolean not null default false,
  customer_since_on date,
  owner_id uuid,
  segment text,
  note text not null default '',
  custom jsonb not null default '{}',
  merged_into_id uuid,
  archived_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint accounts_key primary key (tenant_id, id),
  constraint accounts_parent foreign key (tenant_id, parent_id) references accounts (tenant_id, id),
  constraint accounts_merged_into foreign key (tenant_id, merged_into_id) references accounts (tenant_id, id),
  constraint accounts_not_own_parent check (parent_id <> id)
);
create unique index accounts_external_id on accounts (tenant_id, external_id) where external_id is not null and archived_at is null;
create index accounts_by_name on accounts (tenant_id, name, id);
create index accounts_by_name_key on accounts (tenant_id, name_key);
create index accounts_by_created on accounts (tenant_id, created_at, id);
create index accounts_by_parent on accounts (tenant_id, parent_id) where parent_id is not null;
create index accounts_by_owner on accounts (tenant_id, owner_id) where owner_id is not null;
create index accounts_by_merged_into on accounts (tenant_id, merged_into_id) where merged_into_id is not null;
call app.protect('accounts', 'tenant_id = app.tenant() and app.inner()');

-- Further domains of an account; the main one stands in the account.
create table account_domains (
  tenant_id uuid not null,
  domain text not null,
  account_id uuid not null,
  added_at timestamptz not null,
  constraint account_domains_key primary key (tenant_id, domain),
  constraint account_domains_of foreign key (tenant_id, account_id) references accounts (tenant_id, id)
);
create index account_domains_by_account on account_domains (tenant_id, account_id);
call app.protect('account_domains', 'tenant_id = app.tenant() and app.inner()');

-- Everything under which an account is found again, derived from it and written with it, so without a foreign key of its own: d: domain, n: company number, w: word of the name, s: c: h: k: the whole name.
create table account_keys (
  tenant_id uuid not null,
  key text collate "C" not null,
  account_id uuid not null,
  constraint account_keys_key primary key (tenant_id, key, account_id)
);
call app.protect('account_keys', 'tenant_id = app.tenant() and app.inner()', 'select, insert, delete');

-- The dated list of named accounts; recorded_at is the server's time, so that no entry works backwards. ended_at: withdrawn before it held.
create table named_accounts (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  from_on date not null,
  until_on date,
  note text not null default '',
  recorded_at timestamptz not null,
  recorded_by uuid,
  ended_at timestamptz,
  ended_by uuid,
  constraint named_accounts_key primary key (tenant_id, id),
  constraint named_accounts_of foreign key (tenant_id, account_id) references accounts (tenant_id, id),
  constraint named_accounts_dates check (until_on >= from_on)
);
create index named_accounts_by_account on named_accounts (tenant_id, account_id);
create index named_accounts_by_from on named_accounts (tenant_id, from_on, id);
call app.protect('named_accounts', 'tenant_id = app.tenant() and app.inner()', 'select, insert, update');

create table opportunities (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  external_id text,
  name text not null,
  product text,
  amount_minor int8,
  currency char(3),
  stage text not null,
  owner_id uuid,
  opened_on date,
  first_seen_at timestamptz not null,
  expected_close_on date,
  closed_on date,
  outcome text,
  archived_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint opportunities_key primary key (tenant_id, id),
  constraint opportunities_account foreign key (tenant_id, account_id) references accounts (tenant_id, id),
  constraint opportunities_outcome check (outcome in ('won', 'lost')),
  constraint opportunities_amount check ((amount_minor is null) = (currency is null))
);
create unique index opportunities_external_id on opportunities (tenant_id, external_id) where external_id is not null and archived_at is null;
create index opportunities_by_account on opportunities (tenant_id, account_id);
create index opportunities_by_seen on opportunities (tenant_id, first_seen_at, id);
create index opportunities_by_owner on opportunities (tenant_id, owner_id) where owner_id is not null;
call app.protect('opportunities', 'tenant_id = app.tenant() and app.inner()');

create table account_merges (
  tenant_id uuid not null,
  id uuid not null,
  from_id uuid not null,
  into_id uuid not null,
  merged_at timestamptz not null,
  merged_by uuid,
  moved jsonb not null,
  constraint account_merges_key primary key (tenant_id, id),
  constraint account_merges_from foreign key (tenant_id, from_id) references accounts (tenant_id, id),
  constraint account_merges_into foreign key (tenant_id, into_id) references accounts (tenant_id, id)
);
create index account_merges_by_from on account_merges (tenant_id, from_id);
create index account_merges_by_into on account_merges (tenant_id, into_id);
create trigger account_merges_append_only before update or delete on account_merges
  for each row execute function app.refuse_change('account_merges_append_only');
call app.protect('account_merges', 'tenant_id = app.tenant() and app.inner()', 'select, insert');
