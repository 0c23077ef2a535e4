-- What was discarded is forgotten like what is done. Rows get into this state seldom.
create index inbox_discarded on inbox (worker, due_at) where state = 'discarded';
