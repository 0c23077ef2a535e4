-- What errors say about a person is found by the person when the account is erased. Rows without errors, nearly all, are in neither index.
create index inbox_errors on inbox (subject) where errors <> '[]';
create index dead_letter_subject on dead_letter (subject);
