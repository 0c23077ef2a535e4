-- The log. No unique constraint but on seq: it is to be partitioned by time one day. What must be unique is guarded elsewhere.
create table event (
  seq bigint generated always as identity (cache 1) primary key,
  position bigint,
  id uuid not null,
  type text not null,
  source text not null,
  subject text not null,
  subject_version bigint not null,
  actor uuid,
  correlation uuid not null,
  causation uuid,
  time timestamptz not null,
  channels text[] not null,
  data jsonb not null,
  traceparent text
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000);

create index event_unstamped on event (seq) where position is null;
create index event_position on event (position) where position is not null;
create index event_id on event (id);

-- One row a subject, locked before an event's seq is drawn: a subject's events keep the order in which they were written.
create table subject_head (
  subject text primary key,
  version bigint not null
) with (fillfactor = 70);

-- Which log this is. The epoch is changed when the log is restored to an earlier state, so that older cursors are recognised.
create table log_identity (
  only_row boolean primary key default true check (only_row),
  epoch bigint not null,
  cursor_key bytea not null
);

insert into log_identity (epoch, cursor_key)
select ('x' || substr(md5(gen_random_uuid()::text), 1, 16))::bit(64)::bigint,
  decode(replace(gen_random_uuid()::text, '-', ''), 'hex');
