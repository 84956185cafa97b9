-- The few deals whose special price waits.
create index deals_price_asked on deals (tenant_id, id) where price = 'asked';
