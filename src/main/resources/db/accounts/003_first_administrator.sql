-- Links that were printed for making the first administrator. At most one has not ended; those that a later start replaced stay for a
-- while, so that whoever follows one is told why it does nothing.
create table first_administrator_link (
  token_hash bytea primary key,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);

create unique index first_administrator_link_open on first_administrator_link ((ended_at is null)) where ended_at is null;
