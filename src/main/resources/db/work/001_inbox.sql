-- What each worker did with each event: one row, whatever is delivered twice. The retry schedule is here, not in the broker.
-- due_at is when the schedule has to look at the row next: to run it again (waiting), to take it over from a node that fell silent
-- (running), or to forget it (done).
create table inbox (
  worker text not null,
  event uuid not null,
  type text not null,
  subject text not null,
  state text not null check (state in ('running', 'waiting', 'done', 'dead')),
  attempts int not null,
  node text not null,
  first_at timestamptz not null default clock_timestamp(),
  due_at timestamptz not null,
  errors jsonb not null default '[]',
  primary key (worker, event)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000);

create index inbox_due on inbox (worker, due_at) where state in ('waiting', 'running');
create index inbox_forget on inbox (due_at) where state = 'done';

-- What a worker could not or would not do, with every attempt's error. Never removed by the machinery.
create table dead_letter (
  id uuid primary key,
  worker text not null,
  event uuid not null,
  type text not null,
  subject text not null,
  state text not null check (state in ('open', 'retried', 'discarded')),
  attempts jsonb not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  reason text,
  acted_by uuid,
  acted_at timestamptz
);

create unique index dead_letter_open on dead_letter (worker, event) where state = 'open';
