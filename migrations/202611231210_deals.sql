-- Each word of a customer's name finds a registration, since any of them may be misspelt; until now only the longest did.
insert into deal_keys (tenant_id, key, deal_id, partner_id)
  select distinct k.tenant_id, 'w:' || w.word, k.deal_id, k.partner_id
  from deal_keys k cross join lateral unnest(string_to_array(substr(k.key, 3), ' ')) as w (word)
  where k.key like 's:%' and length(w.word) > 1
  on conflict do nothing;
delete from deal_keys where key like 'l:%';
