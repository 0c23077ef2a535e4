-- The next run of each scheduled job. version fences: a statement names the version that it read, so a late one changes no row.
-- claimed_until is set while a run is under way; from that time on, its node counts as dead. retry_at is set after a failed run.
create table scheduled_job (
  name text primary key,
  schedule text not null,
  due timestamptz not null,
  version bigint not null default 0,
  claimed_until timestamptz,
  retry_at timestamptz,
  failures int not null default 0
) with (fillfactor = 50);
