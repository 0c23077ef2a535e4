-- The stock: held counts the pieces that are promised to orders which are neither confirmed nor cancelled.
create table product (
  sku text primary key,
  name text not null,
  price_cents int not null check (price_cents >= 0),
  stock int not null check (stock >= 0),
  held int not null default 0 check (held >= 0)
) with (fillfactor = 70);

-- One row an order, for lists. It follows from the events; version is the number of those that it includes.
create table order_summary (
  order_id uuid primary key,
  customer uuid not null,
  state text not null,
  total_cents bigint not null,
  version bigint not null
) with (fillfactor = 80);

create index order_summary_customer on order_summary (customer, order_id);
create index order_summary_state on order_summary (state, order_id);
