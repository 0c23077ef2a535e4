-- What was changed at run time, for all nodes. A key without a row has the value of each node's start.
create table setting_change (
  key text primary key,
  value text not null
);

-- One row: how often the settings were changed.
create table setting_version (
  version bigint not null
);

insert into setting_version (version) values (1);
