-- Counts the changes of a dead letter; what its entity tag is made of.
alter table dead_letter add column version bigint not null default 1;
