-- Each stamped event's hash covers its predecessor's, so that nothing in the log can be changed, taken out or slipped in unseen.
--
--   hash   = sha256(hash before, or 32 zero bytes for position 1 || digest of data || metadata)
--   digest = sha256(record_send(row(data::text, sealed)))
--
-- with metadata = record_send of every other column in the order below: PostgreSQL's binary form, which has lengths and is the same on
-- every server. digest is stored only where data was emptied later: it then stands in for what is gone. sealed holds fields that only
-- those may see who are handed the key of the subject.
alter table event
  add sealed bytea,
  add digest bytea,
  add hash bytea;

create function chain_link(hash bytea, link bytea) returns bytea
language plpgsql immutable strict parallel safe
as $$
begin
  return sha256(hash || link);
end
$$;

-- As it is strict and begins with nothing, the first value is where the chain goes on from.
create aggregate chain(bytea) (sfunc = chain_link, stype = bytea);

-- What is in the log already is chained as it stands now, in steps that keep within memory.
do $$
declare
  walked bigint := coalesce((select min(position) - 1 from event), 0);
  top bigint := coalesce((select max(position) from event), 0);
  head bytea := decode(repeat('00', 32), 'hex');
  seqs bigint[];
begin
  while walked < top loop
    select array_agg(seq order by position) into seqs from event where position > walked and position <= walked + 5000;
    with link as (
      select null::bigint as seq, 0::bigint as n, head as link
      union all
      select e.seq, place.n,
        sha256(record_send(row(e.data::text, e.sealed))) || record_send(row(
          e.seq, e.position, e.id, e.type, e.type_version, e.source, e.subject, e.subject_version, e.actor, e.correlation, e.causation,
          e.time, e.channels, e.traceparent))
      from unnest(seqs) with ordinality as place (seq, n)
      join event e on e.seq = place.seq
    ), chained as (
      select seq, chain(link) over (order by n) as hash from link
    )
    update event
    set hash = chained.hash
    from chained
    where event.seq = chained.seq;
    walked := walked + 5000;
    select hash into head from event where position = least(walked, top);
  end loop;
end
$$;

drop function stamp_events(bigint, bigint, int, bigint);

-- Gives the next positions to committed events, in the order of seq, and their links in the chain. One call is one transaction; each
-- statement in it sees what was committed before that statement, and the lease's row is locked first, so a new holder waits until this
-- one is through.
--
-- mine: epoch of the caller's lease. settled: nothing at or below this seq can still become visible unstamped; it only saves walking
-- past index entries that a long snapshot keeps. rows_max and bytes_max bound the batch; it has at least one row when there is one.
create function stamp_events(mine bigint, settled bigint, rows_max int, bytes_max bigint)
returns table (
  seq bigint, "position" bigint, id uuid, type text, type_version int, source text, subject text, subject_version bigint, actor uuid,
  correlation uuid, causation uuid, "time" timestamptz, channels text[], data text, traceparent text, sealed bytea, hash bytea
)
language plpgsql
as $$
#variable_conflict use_column
declare
  base bigint;
  seqs bigint[];
  head bytea;
begin
  perform 1 from relay_lease where epoch = mine for update;
  if not found then
    raise exception 'epoch % holds the lease no longer', mine using errcode = 'SK001';
  end if;

  select array_agg(seq order by seq) into seqs
  from (
    select seq, sum(bytes) over (order by seq) - bytes as bytes_before
    from (
      select seq, pg_column_size(data) + coalesce(pg_column_size(sealed), 0) as bytes
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
  head := coalesce((select hash from event where position = base), decode(repeat('00', 32), 'hex'));

  -- The keys are handed over as an array: the planner then looks each row up by its key, also in a fresh, unanalysed table.
  return query
  with link as (
    select null::bigint as seq, 0::bigint as n, null::text as text, head as link
    union all
    select e.seq, place.n, written.text,
      sha256(record_send(row(written.text, e.sealed))) || record_send(row(
        e.seq, base + place.n, e.id, e.type, e.type_version, e.source, e.subject, e.subject_version, e.actor, e.correlation, e.causation,
        e.time, e.channels, e.traceparent))
    from unnest(seqs) with ordinality as place (seq, n)
    join event e on e.seq = place.seq
    cross join lateral (select e.data::text as text offset 0) written
  ), chained as (
    select link.seq, link.n, link.text, chain(link.link) over (order by link.n) as hash from link
  ), stamped as (
    update event
    set position = base + chained.n, hash = chained.hash
    from chained
    where event.seq = chained.seq
    returning event.*, chained.text
  )
  select s.seq, s.position, s.id, s.type, s.type_version, s.source, s.subject, s.subject_version, s.actor, s.correlation, s.causation,
    s.time, s.channels, s.text, s.traceparent, s.sealed, s.hash
  from stamped s
  order by s.position;
end
$$;
