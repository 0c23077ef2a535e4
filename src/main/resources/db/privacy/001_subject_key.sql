-- The key under which the sensitive fields of a subject's events are sealed, itself sealed under a master key. Where a key was destroyed the
-- row stays, so that nobody makes another one and whatever else comes to be said of that subject is not kept.
create table subject_key (
  subject text primary key,
  key bytea,
  master text not null, -- names the master key; empty where the key lies unsealed
  made_at timestamptz not null default now(),
  destroyed_at timestamptz,
  check ((key is null) = (destroyed_at is not null))
) with (fillfactor = 80);

create index subject_key_master on subject_key (master) where key is not null;

-- Up to where the events of a type were looked at for data that is to go.
create table retention_mark (
  type text primary key,
  position bigint not null
);
