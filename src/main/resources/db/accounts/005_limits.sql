-- Whether the account must be verified: it registered where mails are delivered. Accounts from before this column stay.
alter table account add column must_verify boolean not null default false;

create index account_unverified on account (id) where must_verify and verified_at is null;

-- Mails of the last hour by mailbox, a SHA-256 digest. The id is the mail's, so that a mail that is tried again counts once. No reference to an
-- account: an erased one still counts, or a person who erases it at once could go on.
create table mailbox_mail (
  id uuid primary key,
  mailbox bytea not null,
  notice boolean not null,
  sent_at timestamptz not null
);

create index mailbox_mail_mailbox on mailbox_mail (mailbox, notice, sent_at);
create index mailbox_mail_sent on mailbox_mail (sent_at);

-- PostgreSQL keeps no sample of the digests, as of all that may lead to a person.
alter table mailbox_mail alter column mailbox set statistics 0;
