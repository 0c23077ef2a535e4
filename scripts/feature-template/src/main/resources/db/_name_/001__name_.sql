create table _table__entry (id uuid primary key, text text not null);
