-- Finds the holders of a role, to whom notifications go.
create index account_roles on account using gin (roles);
