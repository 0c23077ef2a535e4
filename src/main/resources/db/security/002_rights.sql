-- How often an account's rights were changed; access tokens carry it, and one that carries less is void. No row means 0.
create table rights_version (
  account uuid primary key,
  version int not null
) with (fillfactor = 70);

-- What every node has to know while tokens from before it may still live: a sign-in that ended, an account whose older tokens are void,
-- a role that may do other things now. writer is the transaction that wrote the row: whoever reads asks for all rows of transactions that
-- could not yet be seen the last time, so that a late commit is not passed over.
create table rights_change (
  seq bigint generated always as identity (cache 1) primary key,
  account uuid,
  session uuid,
  version int,
  role text,
  writer xid8 not null default pg_current_xact_id(),
  time timestamptz not null default clock_timestamp(),
  check (session is not null or version is not null or role is not null)
);

create index rights_change_writer on rights_change (writer);
create index rights_change_time on rights_change (time);

-- What those who have a role may do. admin is not here: administrators may do everything.
create table role (
  name text primary key,
  grants text[] not null,
  version bigint not null default 1
);

insert into role (name, grants) values ('user', '{}');
