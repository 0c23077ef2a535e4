-- SHA-256 of the secret in the session cookie, which lives as long as the session. Sessions from before this column get theirs at their next refresh.
alter table session add column cookie_hash bytea;
