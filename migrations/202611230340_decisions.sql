-- The row that decided, so that a replay need not open the reasons; null where it was not kept yet, '' where none held.
alter table decision_facts add column held_row text;
