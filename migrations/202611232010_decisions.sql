-- Registrations with the territory warning are found among all: those ever seen outside are few.
create index decisions_out_of_territory on decisions (tenant_id, subject_id) where subject_type = 'deals' and facts ->> 'out_of_territory' = 'true';
