-- Letters that somebody asked for by typing an address. One row whoever has the address, and no reference, so that asking takes the same
-- time whether it is known or not.
create table letter_request (
  id uuid primary key,
  kind text not null check (kind in ('PASSWORD', 'VERIFICATION', 'REGISTRATION')),
  account uuid,
  asked_at timestamptz not null
);

create index letter_request_account on letter_request (account, kind, asked_at);
create index letter_request_asked on letter_request (asked_at);

-- Links that were mailed to set a new password. The row is what makes a link work once.
create table password_reset (
  token_hash bytea primary key,
  account uuid not null references account on delete cascade,
  expires_at timestamptz not null
);

create index password_reset_account on password_reset (account);
create index password_reset_expires on password_reset (expires_at);

-- Addresses that accounts are to have once they are proved; of an account's wishes that are not granted the newest is the only one.
-- A granted one stays for a while, because the former address is still to be told.
create table email_change (
  id uuid primary key,
  account uuid not null references account on delete cascade,
  email text not null,
  email_key text not null,
  former text not null,
  expires_at timestamptz not null,
  done_at timestamptz
);

create index email_change_account on email_change (account);
create index email_change_expires on email_change (expires_at);

create table email_change_token (
  token_hash bytea primary key,
  email_change uuid not null references email_change on delete cascade
);

create index email_change_token_change on email_change_token (email_change);

-- Browsers in which a password of the account was right before; their tries to sign in are counted apart from everybody else's.
create table device (
  account uuid not null references account on delete cascade,
  digest bytea not null,
  used_at timestamptz not null,
  primary key (account, digest)
);
