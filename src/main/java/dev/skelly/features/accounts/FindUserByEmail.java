package dev.skelly.features.accounts;

import dev.skelly.feature.Query;

/**
 * Finds an account by its e-mail address. Fails with 404 when there is none.
 *
 * @param email an address that {@link EmailAddress} accepts
 */
public record FindUserByEmail(String email) implements Query<UserView> {

    @Override
    public String toString() {
        return "FindUserByEmail[]";
    }
}
