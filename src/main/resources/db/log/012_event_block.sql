-- What blocks of 1,000 positions contain, so that a search passes over those without a match. A row is written once, when all positions of its
-- block are given; blocks without a row below the last one have no events. The times of events are not in the order of their positions, so each
-- block has the first and the last of its times. marks are numbers of its channels and actors: two names may share a number, so a block that a
-- search looks at may have no match, but none is missed.
create table event_block (
  up_to bigint primary key, -- The last position; the first is 999 before.
  earliest timestamptz not null,
  latest timestamptz not null,
  types text[] not null,
  marks int[] not null
);

-- A search for a channel reads the marks of all blocks that it passes over, so they are kept beside the other columns; one for a time reads only the
-- index.
alter table event_block
  alter column types set statistics 0,
  alter column marks set statistics 0, alter column marks set storage main;

create index event_block_time on event_block (up_to) include (earliest, latest);

create function event_mark(name text) returns int
language sql immutable strict parallel safe
return ('x' || substr(md5(name), 1, 8))::bit(32)::int;
