-- States of aggregates, kept only to save reading old events: every row may be deleted at any time. format is the version of the fold.
create table aggregate_snapshot (
  subject text primary key,
  format int not null,
  version bigint not null,
  state jsonb not null
);
