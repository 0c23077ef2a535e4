-- How often each type happened on each day (UTC). A count is spread over slots, so that workers that count at the same time seldom
-- wait for each other's row; readers sum over them.
create table event_count (
  day date not null,
  type text not null,
  slot smallint not null,
  count bigint not null,
  primary key (day, type, slot)
) with (fillfactor = 50);
