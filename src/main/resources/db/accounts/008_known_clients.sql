-- A digest of the network and the User-Agent that used the token before the valid one: only they get its response again. And what the owner
-- sees of the last use, so that the list of sessions changes at full five minutes only.
alter table session
  add column previous_client bytea,
  add column shown_used_at timestamptz,
  add column shown_expires_at timestamptz;

-- A device is also known by its network and User-Agent. Rows of a registration have not logged in; told_at is when a mail about the device was due.
alter table device
  add column client bytea,
  add column logged_in boolean not null default true,
  add column told_at timestamptz;

-- PostgreSQL keeps no sample of the digests, as of all that may lead to a person.
alter table session alter column previous_client set statistics 0;
alter table device alter column client set statistics 0;
