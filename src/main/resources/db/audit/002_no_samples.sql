-- No samples of what leads to people; see accounts/003.
alter table audit
  alter column address set statistics 0, alter column address type text,
  alter column before set statistics 0, alter column before type jsonb,
  alter column after set statistics 0, alter column after type jsonb;
