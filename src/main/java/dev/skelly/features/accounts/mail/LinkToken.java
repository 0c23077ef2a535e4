package dev.skelly.features.accounts.mail;

import dev.skelly.feature.BodySchema;
import dev.skelly.feature.Problem;
import dev.skelly.features.accounts.SecretText;

/**
 * What a page sends that was opened by a link.
 *
 * @param token of the link
 */
public record LinkToken(String token) {

    private static final int CHARS_MAX = 100;

    public static final BodySchema SHAPE = BodySchema.of(field());

    /** The field of a body that holds it. */
    public static BodySchema.Field field() {
        return BodySchema.text("token", 1, CHARS_MAX);
    }

    public SecretText secret() {
        return new SecretText(token);
    }

    /** What is refused that was never mailed, was mailed too long ago, or works once and was used. */
    public static Problem useless() {
        return Problem.invalid("#/token", "unknown", "must be the token of a link that was mailed lately and not used");
    }

    /** Not the token. */
    @Override
    public String toString() {
        return "LinkToken[]";
    }
}
