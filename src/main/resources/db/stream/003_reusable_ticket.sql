-- A reusable ticket serves the page that fetched it until its session ends.
alter table stream_ticket add column reusable boolean not null default false;
alter table stream_ticket add column origin text;

create index stream_ticket_session on stream_ticket (session) where reusable;
