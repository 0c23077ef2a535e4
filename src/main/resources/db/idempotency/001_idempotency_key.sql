-- One row for each key that a caller named and that is still remembered. Nothing in it is in the clear: what was asked and answered is
-- digested or sealed under the caller's key, which is kept nowhere.
create table idempotency_key (
  key text primary key,
  caller text not null,
  request text not null,
  claim uuid not null,
  seed uuid not null,
  lease_ends timestamptz not null,
  expires timestamptz not null,
  command text,
  result bytea,
  last_write bigint,
  answer bytea
);

create index on idempotency_key (caller);
create index on idempotency_key (expires);
