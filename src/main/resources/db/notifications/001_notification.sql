-- What a person is told. A row with in_app false exists for its mail only. Events of the same open_key raise the count of one row until
-- it is read, archived or mailed; open_key is null from then on. due_at is when a digest is over, mail_batch the mail that names the row.
create table notification (
  id uuid primary key,
  account uuid not null,
  kind text not null,
  title text not null,
  body text not null,
  link text,
  data jsonb not null,
  count int not null,
  about uuid,
  in_app boolean not null,
  mail boolean not null,
  open_key text,
  due_at timestamptz,
  mail_batch uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  seen_at timestamptz,
  read_at timestamptz,
  archived_at timestamptz
) with (fillfactor = 80);

-- PostgreSQL keeps samples of columns for its plans, also of rows that are gone. No plan needs those of texts.
alter table notification
  alter column title set statistics 0,
  alter column body set statistics 0,
  alter column link set statistics 0,
  alter column data set statistics 0,
  alter column open_key set statistics 0;

create index notification_account on notification (account, id);
create unique index notification_open on notification (account, kind, open_key) where open_key is not null;
create index notification_due on notification (due_at) where due_at is not null;
create index notification_batch on notification (mail_batch) where mail_batch is not null;
create index notification_about on notification (about) where about is not null;
create index notification_created on notification (created_at);

-- The counts of a person, whose row is locked by every change of that person's notifications. An erased person's row stays, so that no
-- notification is written after the erasure.
create table notification_count (
  account uuid primary key,
  stored int not null default 0,
  total int not null default 0,
  unread int not null default 0,
  unseen int not null default 0,
  erased boolean not null default false
) with (fillfactor = 70);
