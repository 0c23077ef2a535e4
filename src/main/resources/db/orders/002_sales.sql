-- One row a day (UTC): what was ordered and paid. It follows from the events.
create table order_sales (
  day date primary key,
  placed bigint not null,
  cancelled bigint not null,
  paid_cents bigint not null,
  refunded_cents bigint not null
);
