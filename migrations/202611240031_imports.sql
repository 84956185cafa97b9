-- A row whose old value is refused by now is not taken back; `issues` tells why.
alter table import_rows drop constraint import_rows_undo;
alter table import_rows add constraint import_rows_undo check (undo in ('undone', 'touched', 'in_use', 'refused')) not valid;
