package dev.skelly.features.accounts;

import dev.skelly.feature.Query;

/**
 * Who has this address? Fails with 404 when nobody has.
 *
 * @param email an address that {@link EmailAddress} reads
 */
public record FindUserByEmail(String email) implements Query<UserView> {

    @Override
    public String toString() {
        return "FindUserByEmail[]";
    }
}
