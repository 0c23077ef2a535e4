-- What is known of the events that were handed to the broker, per worker. confirmed: the inbox has had every event up to here, so a done
-- event may be forgotten up to here only. probe: the newest probe that came out of the worker's queue. again_from: an operator asked for the
-- events from here that the inbox lacks; again names the request.
create table handover (
  worker text primary key,
  confirmed bigint not null,
  probe uuid,
  again_from bigint,
  again uuid
) with (fillfactor = 50);

-- Done events are forgotten by worker, because what is above confirmed waits.
create index inbox_done on inbox (worker, due_at) where state = 'done';
drop index inbox_forget;
