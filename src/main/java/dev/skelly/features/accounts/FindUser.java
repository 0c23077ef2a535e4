package dev.skelly.features.accounts;

import dev.skelly.feature.Query;
import java.util.UUID;

/** Finds an account by its id. Fails with 404 when there is none. */
public record FindUser(UUID account) implements Query<UserView> {}
