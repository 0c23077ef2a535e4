-- Ids of events that were chosen outside, so that an event that is sent twice is appended once. Kept for some weeks.
create table event_key (
  id uuid primary key,
  digest text not null,
  time timestamptz not null
);

create index event_key_time on event_key (time);
