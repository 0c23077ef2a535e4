-- What the payment provider has not answered yet. attempts counts how often it was asked for again; next_at is when it is asked for next.
create table payment_pending (
  order_id uuid not null,
  kind text not null check (kind in ('CHARGE', 'REFUND')),
  requested_at timestamptz not null,
  next_at timestamptz not null,
  attempts int not null default 0,
  primary key (order_id, kind)
);

create index payment_pending_next on payment_pending (next_at);
