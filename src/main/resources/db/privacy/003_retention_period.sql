-- How long the data of each type is kept, as it was declared last: a type that is declared no more keeps its period.
create table retention_period (
  type text primary key,
  names text[] not null,
  seconds bigint not null
);
