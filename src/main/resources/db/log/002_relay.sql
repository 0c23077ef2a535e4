-- Who stamps. The epoch is the fence: whoever writes names it, and a former holder's writes find no row.
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

-- Gives the next positions to committed events, in the order of seq. One call is one transaction; each statement in it sees what was
-- committed before that statement, and the lease's row is locked first, so a new holder waits until this one is through.
create function stamp_events(mine bigint, rows_max int)
returns table (
  "position" bigint, id uuid, type text, source text, subject text, subject_version bigint, actor uuid, correlation uuid,
  causation uuid, "time" timestamptz, channels text[], data text, traceparent text
)
language plpgsql
as $$
#variable_conflict use_column
declare
  base bigint;
  seqs bigint[];
begin
  select head into base from relay_lease where epoch = mine for update;
  if not found then
    raise exception 'epoch % holds the lease no longer', mine using errcode = 'SK001';
  end if;

  select array_agg(seq order by seq) into seqs
  from (select seq from event where position is null order by seq limit rows_max) unstamped;

  if seqs is null then
    return;
  end if;

  update relay_lease set head = base + cardinality(seqs), seen = clock_timestamp() where epoch = mine;

  return query
  with stamped as (
    update event
    set position = base + place.n
    from unnest(seqs) with ordinality as place (seq, n)
    where event.seq = place.seq
    returning event.*
  )
  select s.position, s.id, s.type, s.source, s.subject, s.subject_version, s.actor, s.correlation, s.causation, s.time, s.channels,
    s.data::text, s.traceparent
  from stamped s
  order by s.position;
end
$$;
