-- PostgreSQL keeps samples of what columns hold, beside the tables and beyond the life of the rows. Of these it keeps none: whoever is erased
-- must not live on there. To set the type a column has already does not touch a row, and throws away the samples that there are.
alter table account
  alter column email set statistics 0, alter column email type text,
  alter column email_key set statistics 0, alter column email_key type text,
  alter column name set statistics 0, alter column name type text;
alter table session
  alter column address set statistics 0, alter column address type text,
  alter column agent set statistics 0, alter column agent type text;
alter table preferences
  alter column data set statistics 0, alter column data type jsonb;
alter table email_change
  alter column email set statistics 0, alter column email type text,
  alter column email_key set statistics 0, alter column email_key type text,
  alter column former set statistics 0, alter column former type text;
