-- The deadlines of processes that are not over. attempts counts the failed tries of its command; due is then when it is tried next.
create table process_deadline (
  process text not null,
  key text not null,
  name text not null,
  due timestamptz not null,
  attempts int not null default 0,
  primary key (process, key, name)
);

create index process_deadline_due on process_deadline (due);
