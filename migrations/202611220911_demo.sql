-- How far the demo world's time is from the real one; empty in a production start.
create table demo_clocks (
  tenant_id uuid not null,
  offset_millis bigint not null,
  loaded boolean not null,
  constraint demo_clocks_key primary key (tenant_id)
);
call app.protect('demo_clocks', 'tenant_id = app.tenant()', 'select, insert, update');
