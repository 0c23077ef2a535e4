-- Which collections of migrations have been run whole, so that the next start over the same need not look at each.
create table migration_done (
  fingerprint text primary key,
  time timestamptz not null default now()
);
