package dev.skelly.features.accounts;

import dev.skelly.feature.Query;
import java.util.UUID;

/** Who is this? Fails with 404 when nobody is. */
public record FindUser(UUID account) implements Query<UserView> {}
