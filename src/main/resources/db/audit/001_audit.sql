-- Security acts: who did what to whom, from where, when, and what it changed. Rows are only added; what anybody can cause as often as they
-- like (a wrong password) is counted by the minute instead. address, before and after of an erased person are emptied.
create table audit (
  id uuid primary key,
  time timestamptz not null,
  last_at timestamptz not null,
  times bigint not null default 1,
  act text not null,
  actor uuid,
  target text,
  address text,
  correlation uuid,
  before jsonb not null default '{}',
  after jsonb not null default '{}',
  minute timestamptz
);

create index audit_act on audit (act, id);
create index audit_actor on audit (actor, id) where actor is not null;
create index audit_target on audit (target, id) where target is not null;
create index audit_time on audit (time);
create unique index audit_minute on audit (minute, act, target, address) nulls not distinct where minute is not null;
