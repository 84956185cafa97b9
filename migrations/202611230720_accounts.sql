-- A stage that says won or lost by its name is an outcome, too; those that came before say so from now on.
update opportunities set outcome = case when stage ~* '(won|gewonnen)' then 'won' else 'lost' end
where outcome is null
  and stage ~* '^\W*((closed|geschlossen|abgeschlossen)\W+)?(won|gewonnen|lost|verloren)(\W+(closed|geschlossen|abgeschlossen))?\W*$';
