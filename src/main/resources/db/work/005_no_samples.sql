-- No samples of what errors and reasons say of people; see accounts/003.
alter table inbox alter column errors set statistics 0, alter column errors type jsonb;
alter table dead_letter
  alter column attempts set statistics 0, alter column attempts type jsonb,
  alter column reason set statistics 0, alter column reason type text;
