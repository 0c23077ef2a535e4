-- How far each projection is. position is that of the last event applied; it stays 0 for an inline one. version is the one its rows were built by.
create table projection (
  name text primary key,
  version int not null,
  position bigint not null default 0,
  paused boolean not null default false,
  error text,
  attempts int not null default 0,
  retry_at timestamptz
);

-- PostgreSQL keeps samples of columns for its plans, also of rows that are gone. No plan needs those of texts.
alter table projection alter column error set statistics 0;

-- Replays, and rebuilds, which are replays to a projection. position is the last one examined.
create table replay (
  id uuid primary key,
  target text not null check (target in ('worker', 'projection')),
  name text not null,
  from_position bigint not null,
  to_position bigint not null,
  types text[],
  subject text,
  rate int not null,
  state text not null check (state in ('checking', 'checked', 'running', 'done', 'failed', 'cancelled')),
  position bigint not null,
  events bigint not null default 0,
  report jsonb not null default '{}',
  error text,
  created_at timestamptz not null default now(),
  ended_at timestamptz
);

alter table replay
  alter column subject set statistics 0,
  alter column report set statistics 0,
  alter column error set statistics 0;

-- At most one at a time for each target.
create unique index replay_active on replay (target, name) where state in ('checking', 'running');

-- Copies the form of a table of a projection into a schema, with the names of its indexes and constraints.
create function projection_copy(tab text, other text) returns void language plpgsql as $$
declare
  source regclass := format('%I', tab)::regclass;
  qualified text;
  item record;
begin
  select format('%I.%I', n.nspname, c.relname) into qualified
  from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = source;
  if not exists (select from pg_constraint where conrelid = source and contype = 'p') then
    raise exception 'table % has no primary key (expected: one, as each table of a projection)', tab;
  end if;
  if exists (select from pg_trigger where tgrelid = source and not tgisinternal)
    or exists (select from pg_constraint where contype = 'f' and source in (conrelid, confrelid))
    or exists (select from pg_depend where classid = 'pg_rewrite'::regclass and refobjid = source)
    or exists (select from pg_attrdef where adrelid = source and pg_get_expr(adbin, adrelid) like 'nextval(%')
  then
    raise exception 'table % has a trigger, a foreign key, a view or a serial column (expected: none, as each table of a projection)', tab;
  end if;
  execute format('create table %I.%I (like %s including all excluding indexes excluding statistics)', other, tab, qualified);
  for item in select unnest(reloptions) as setting from pg_class where oid = source loop
    execute format('alter table %I.%I set (%s)', other, tab, item.setting);
  end loop;
  for item in select conname, pg_get_constraintdef(oid) as def from pg_constraint where conrelid = source and contype in ('p', 'u', 'x') loop
    execute format('alter table %I.%I add constraint %I %s', other, tab, item.conname, item.def);
  end loop;
  for item in select pg_get_indexdef(indexrelid) as def from pg_index
    where indrelid = source and not exists (select from pg_constraint where conindid = indexrelid and conrelid = source) loop
    execute replace(item.def, format(' ON %s ', qualified), format(' ON %I.%I ', other, tab));
  end loop;
end $$;

-- Puts the copy of a table in its place.
create function projection_switch(tab text, other text) returns void language plpgsql as $$
declare
  here text := current_schema();
begin
  execute format('drop table %I.%I', here, tab);
  execute format('alter table %I.%I set schema %I', other, tab, here);
end $$;

-- The rows in which a table and its copy differ.
create function projection_difference(tab text, other text) returns table (key jsonb, present jsonb, rebuilt jsonb) language plpgsql as $$
declare
  source regclass := format('%I', tab)::regclass;
  columns text;
begin
  select string_agg(format('t.%I', a.attname), ', ' order by array_position(i.indkey::int2[], a.attnum)) into columns
  from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
  where i.indrelid = source and i.indisprimary;
  return query execute format(
    'select k, o.j, n.j from (select jsonb_build_array(%1$s) as k, to_jsonb(t) as j from %2$s t) o '
      'full join (select jsonb_build_array(%1$s) as k, to_jsonb(t) as j from %3$I.%4$I t) n using (k) '
      'where o.j is distinct from n.j order by k',
    columns, source, other, tab);
end $$;
