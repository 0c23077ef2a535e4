-- The newest report of each running node.
create table system_node (
  node text primary key,
  figures jsonb not null,
  seen_at timestamptz not null
) with (fillfactor = 50);

-- One row: the last measurement of the whole system.
create table system_metrics (
  head bigint not null,
  measured_at timestamptz not null,
  own boolean not null,
  shown text not null
) with (fillfactor = 50);

insert into system_metrics (head, measured_at, own, shown) values (0, now(), false, '');
