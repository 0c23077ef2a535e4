package dev.skelly.feature.accounts;

import dev.skelly.feature.BodySchema;
import dev.skelly.feature.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What somebody sends who makes the first administrator.
 *
 * @param token of the link that a node printed
 * @param name null where none is given; without the space around it
 */
record FirstAdministration(
        String token,
        String email,
        String password,
        @Nullable String name) {

    static final BodySchema SHAPE =
            BodySchema.of(LinkToken.field(), EmailAddress.field(), NewPassword.field(), PersonName.field());

    /**
     * Checks what the shape cannot.
     *
     * @throws Problem naming every fault
     */
    FirstAdministration {
        name = new Registration(email, password, name).name();
    }

    /** Neither token, address nor password. */
    @Override
    public String toString() {
        return "FirstAdministration[]";
    }
}
