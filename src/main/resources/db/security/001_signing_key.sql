-- Keys with which access tokens are signed, shared by all nodes. sealed: private_key is encrypted under the operator's master key.
create table signing_key (
  kid text primary key,
  private_key bytea not null,
  sealed boolean not null,
  public_jwk jsonb not null,
  created_at timestamptz not null,
  retired_at timestamptz
);

-- At most one signs: of nodes that start together, one makes it and the others find it.
create unique index signing_key_active on signing_key ((retired_at is null)) where retired_at is null;
