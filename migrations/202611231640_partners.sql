-- The regions beside the leading one: whoever manages one of them sees the partner, and there it is at home as well.
alter table partners add column more_regions text[] not null default '{}';
alter table partners add constraint partners_leading_region check (region is not null or more_regions = '{}');
