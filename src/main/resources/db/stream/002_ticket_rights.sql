-- The rights of a ticket's holder are as old as the token that fetched it.
alter table stream_ticket add column rights_version int not null default 0;
