-- A worker's number keeps the rows of work_done narrow. Numbers are given once and stay.
create table worker_number (
  worker text primary key,
  number smallint not null generated always as identity unique
);

create function number_of_worker(name text) returns smallint language plpgsql as $$
declare
  found_number smallint;
begin
  select number into found_number from worker_number where worker = name;
  if found_number is null then
    insert into worker_number (worker) values (name) on conflict do nothing;
    select number into found_number from worker_number where worker = name;
  end if;
  return found_number;
end
$$;

-- What is done. Every transaction that has an effect inserts the event's row, so its key is what makes one effect of one event. Apart from
-- inbox, which holds what is under way, waits or was given up. done_minute counts minutes since 1970: it fits where a gap would be.
create table work_done (
  worker smallint not null,
  done_minute int not null default (extract(epoch from statement_timestamp()) / 60)::int,
  position bigint not null,
  primary key (worker, position)
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000);

-- Groups that a node claimed before their work began, because the work may reach outside the database or its messages came before. One row
-- instead of one for each event. When due_at passes, any node takes the events over.
create table work_group (
  id uuid primary key,
  worker text not null,
  node text not null,
  events uuid[] not null,
  due_at timestamptz not null
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- blocked: waits for an earlier event of its subject (ordered workers). discarded: given up for good, nothing waits for it.
alter table inbox add column position bigint;
alter table inbox drop constraint inbox_state_check;
alter table inbox add constraint inbox_state_check
  check (state in ('running', 'waiting', 'blocked', 'done', 'dead', 'discarded')) not valid;
create index inbox_subject on inbox (worker, subject, position) where state not in ('done', 'discarded');

-- Serialises the claims of one worker's groups with the beginnings of single events.
create function work_lock(name text) returns bigint language sql immutable as
$$ select hashtextextended('skelly.work.' || name, 0) $$;

-- The position of the event of the same subject that this one waits for; null when it need not wait. It is an earlier event that runs, waits or
-- was given up, or the one before this, when that is in a group or has not arrived yet.
create function work_blocked_by(worker_name text, event_subject text, event_position bigint, only_types text[], but_prefixes text[])
returns bigint language sql stable as $$
  select coalesce(
    (
      select min(i.position)
      from inbox i
      where i.worker = worker_name and i.subject = event_subject and i.position < event_position and i.state not in ('done', 'discarded')
    ),
    (
      select former.position
      from (
        select e.position, e.id
        from event e
        where e.subject = event_subject and e.position < event_position
          and (only_types is null or e.type = any (only_types))
          and not exists (select from unnest(but_prefixes) as but (prefix) where starts_with(e.type, but.prefix))
        order by e.position desc
        limit 1
      ) former
      where exists (select from work_group g where g.worker = worker_name and former.id = any (g.events))
        or (
          former.position > (select confirmed from handover h where h.worker = worker_name)
          and not exists (
            select from work_done d
            where d.worker = (select number from worker_number n where n.worker = worker_name) and d.position = former.position)
          and not exists (select from inbox i where i.worker = worker_name and i.event = former.id)
        )
    )
  )
$$;

-- An event that is done, or in a group, is not begun. A node of an earlier release, which knows the inbox only, is held to it by this.
create function skip_known_work() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(work_lock(new.worker));
  if new.position is null then
    select e.position into new.position from event e where e.id = new.event limit 1;
  end if;
  if exists (select from work_group g where g.worker = new.worker and new.event = any (g.events))
    or exists (
      select from work_done d
      where d.worker = (select number from worker_number n where n.worker = new.worker) and d.position = new.position)
  then
    return null;
  end if;
  return new;
end
$$;

create trigger inbox_skip_known before insert on inbox for each row execute function skip_known_work();

-- A node of an earlier release records done in the inbox: the key of work_done decides there, too.
create function record_work_done() returns trigger language plpgsql as $$
begin
  insert into work_done (worker, position) values (number_of_worker(new.worker), new.position) on conflict do nothing;
  return case when found then new end;
end
$$;

create trigger inbox_record_done before update of state on inbox for each row
  when (new.state = 'done' and old.state <> 'done' and new.position is not null)
  execute function record_work_done();

-- The processes that work. A row that is not renewed is of one that was killed, perhaps by an event whose attempt is not recorded: brokers do
-- not always count the delivery. While there is such a row, every group is claimed.
create table work_node (
  node text primary key,
  seen_at timestamptz not null
) with (fillfactor = 50);
