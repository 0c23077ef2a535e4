-- Events whose emitter wants to hear of the outcome, and the workers that are not done yet.
create table outcome (
  event uuid primary key,
  type text not null,
  emitter uuid not null,
  waiting text[] not null
);
