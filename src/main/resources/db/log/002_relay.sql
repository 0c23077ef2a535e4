-- Who stamps. The epoch is the fence: whoever writes names it, and a former holder's writes find no row. Written by heartbeats and
-- elections only, not with each stamp: under a long snapshot (a dump) every version of a busy row stays and has to be walked past.
-- head is a floor for the newest position, so that a log whose old events were all dropped does not begin at 1 again.
create table relay_lease (
  only_row boolean primary key default true check (only_row),
  epoch bigint not null,
  holder text not null,
  backend int not null,
  seen timestamptz not null,
  head bigint not null
) with (fillfactor = 50);

insert into relay_lease (epoch, holder, backend, seen, head) values (0, '', 0, '-infinity', 0);

-- How far each worker's events were handed to the broker.
create table relay_checkpoint (
  worker text primary key,
  position bigint not null,
  epoch bigint not null
) with (fillfactor = 50);

-- The newest position, as of the caller's snapshot: visible positions are always a prefix.
create function log_head() returns bigint
language sql stable
return greatest((select head from relay_lease), (select max(position) from event));

-- Gives the next positions to committed events, in the order of seq. One call is one transaction; each statement in it sees what was
-- committed before that statement, and the lease's row is locked first, so a new holder waits until this one is through.
--
-- mine: epoch of the caller's lease. settled: nothing at or below this seq can still become visible unstamped; it only saves walking
-- past index entries that a long snapshot keeps. rows_max and bytes_max bound the batch; it has at least one row when there is one.
create function stamp_events(mine bigint, settled bigint, rows_max int, bytes_max bigint)
returns table (
  seq bigint, "position" bigint, id uuid, type text, source text, subject text, subject_version bigint, actor uuid, correlation uuid,
  causation uuid, "time" timestamptz, channels text[], data text, traceparent text
)
language plpgsql
as $$
#variable_conflict use_column
declare
  base bigint;
  seqs bigint[];
begin
  perform 1 from relay_lease where epoch = mine for update;
  if not found then
    raise exception 'epoch % holds the lease no longer', mine using errcode = 'SK001';
  end if;

  select array_agg(seq order by seq) into seqs
  from (
    select seq, sum(bytes) over (order by seq) - bytes as bytes_before
    from (
      select seq, pg_column_size(data) as bytes
      from event
      where position is null and seq > settled
      order by seq
      limit rows_max
    ) unstamped
  ) sized
  where bytes_before < bytes_max;

  if seqs is null then
    return;
  end if;

  base := log_head();

  -- The keys are handed over as an array: the planner then looks each row up by its key, also in a fresh, unanalysed table.
  return query
  with stamped as (
    update event
    set position = base + place.n
    from unnest(seqs) with ordinality as place (seq, n)
    where event.seq = place.seq
    returning event.*
  )
  select s.seq, s.position, s.id, s.type, s.source, s.subject, s.subject_version, s.actor, s.correlation, s.causation, s.time,
    s.channels, s.data::text, s.traceparent
  from stamped s
  order by s.position;
end
$$;
