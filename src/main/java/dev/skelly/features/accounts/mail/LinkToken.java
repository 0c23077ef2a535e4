package dev.skelly.features.accounts.mail;

import dev.skelly.feature.BodySchema;
import dev.skelly.feature.Problem;
import dev.skelly.features.accounts.SecretText;

/**
 * Request body of a page that a mailed link opened.
 *
 * @param token the token of the link
 */
public record LinkToken(String token) {

    private static final int CHARS_MAX = 100;

    public static final BodySchema SHAPE = BodySchema.of(field());

    /** Returns the field of a body that holds the token. */
    public static BodySchema.Field field() {
        return BodySchema.text("token", 1, CHARS_MAX);
    }

    public SecretText secret() {
        return new SecretText(token);
    }

    /** Returns the problem for a token that is unknown, expired or used. */
    public static Problem useless() {
        return Problem.invalid("#/token", "unknown", "must be the token of a recent, unused link");
    }

    /** Does not contain the token. */
    @Override
    public String toString() {
        return "LinkToken[]";
    }
}
