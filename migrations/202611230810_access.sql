-- In which language a person was invited, so that they are asked again in the same.
alter table invitations add column locale text;
