-- People who can sign in. The key is the address in lower case: two spellings of one address are one account.
create table account (
  id uuid primary key,
  email text not null,
  email_key text not null unique,
  name text,
  password_hash text not null,
  roles text[] not null,
  disabled boolean not null default false,
  verified_at timestamptz,
  created_at timestamptz not null,
  version bigint not null default 1
);

-- One sign-in, that is one family of refresh tokens. Tokens themselves are nowhere; what is here does not give one away.
create table session (
  id uuid primary key,
  account uuid not null references account on delete cascade,
  family_hash bytea not null,
  turn_hash bytea not null,
  previous_hash bytea,
  succession_key bytea not null,
  created_at timestamptz not null,
  used_at timestamptz not null,
  expires_at timestamptz not null,
  address text not null,
  agent text not null,
  revoked_at timestamptz
) with (fillfactor = 70);

create index session_account on session (account, used_at);

-- What a person set for the application; Skelly does not look inside.
create table preferences (
  account uuid primary key references account on delete cascade,
  data jsonb not null,
  initialised boolean not null,
  version bigint not null
) with (fillfactor = 70);

-- Links that were mailed to prove an address.
create table verification (
  token_hash bytea primary key,
  account uuid not null references account on delete cascade,
  expires_at timestamptz not null
);

create index verification_account on verification (account);
create index verification_expires on verification (expires_at);
