package dev.skelly.feature.accounts;

import dev.skelly.feature.Query;
import java.util.UUID;

/** Who is this? Fails with 404 when nobody is. */
record FindUser(UUID account) implements Query<UserView> {}
