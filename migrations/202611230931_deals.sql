-- With the id the board's sums read no row of a deal.
drop index deals_record;
create index deals_record on deals (tenant_id, partner_id, review, stage, decided_at) include (id);
