-- What a partner has open and what of it was refused lately: asked for every registration.
create index deals_record on deals (tenant_id, partner_id, review, stage, decided_at);
