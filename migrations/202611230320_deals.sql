-- A registration may name several products; each takes a scope of its own. `product` is the leading one, the others stand here; those that
-- another held when it was complete are not part of it and are kept so that the partner reads why.
alter table deals add column more_products text[] not null default '{}';
alter table deals add column refused_products text[] not null default '{}';
