-- What went to somebody's own channel and happened to another, or to a thing: found when a person asks for everything. What is told to the
-- person alone whom it happens to has no entry here, and costs none.
create index event_told on event using gin (array_remove(channels, subject)) with (fastupdate = off)
where position is not null and array_remove(channels, subject) <> '{}';
