-- The settings with which nodes last started, but for those that are one node's own. Secrets are masked.
create table setting_seen (
  key text primary key,
  value text not null
);
