-- Which secret signs sessions on this database, as a hash: nodes with another one would not know each other's.
create table auth.signing_secret (
  one boolean constraint signing_secret_key primary key default true,
  fingerprint text not null,
  noted_at timestamptz not null default now(),
  constraint signing_secret_one check (one)
);
grant select, insert on auth.signing_secret to {auth};
