-- Tickets for streams of pages that can send neither header nor cookie. Only a digest is kept; redeeming deletes the row, so that
-- exactly one of two who try gets it.
create table stream_ticket (
  digest text primary key,
  account uuid not null,
  session uuid not null,
  roles text[] not null,
  token_expires timestamptz not null,
  channels text[],
  types text[],
  expires timestamptz not null
);

create index stream_ticket_expires on stream_ticket (expires);
