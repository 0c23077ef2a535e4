-- Which version of its type's form an event's data has: older ones are brought to the present form when they are read.
alter table event add column type_version int not null default 1;

drop function stamp_events(bigint, bigint, int, bigint);

-- As before (002), with the version of the type.
create function stamp_events(mine bigint, settled bigint, rows_max int, bytes_max bigint)
returns table (
  seq bigint, "position" bigint, id uuid, type text, type_version int, source text, subject text, subject_version bigint, actor uuid,
  correlation uuid, causation uuid, "time" timestamptz, channels text[], data text, traceparent text
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
  select s.seq, s.position, s.id, s.type, s.type_version, s.source, s.subject, s.subject_version, s.actor, s.correlation, s.causation,
    s.time, s.channels, s.data::text, s.traceparent
  from stamped s
  order by s.position;
end
$$;
