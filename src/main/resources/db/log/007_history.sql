-- What history is asked for, in the order of positions; an entry is made when an event is stamped, none when it is written.
create index event_subject on event (subject, position) where position is not null;
create index event_correlation on event (correlation, position) where position is not null;
create index event_actor on event (actor, position) where position is not null and actor is not null;
create index event_type on event (type, position) where position is not null;
