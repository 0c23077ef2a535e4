package dev.skelly.feature.accounts;

import dev.skelly.feature.BodySchema;
import dev.skelly.feature.Problem;

/**
 * What a page sends that was opened by a link.
 *
 * @param token of the link
 */
record LinkToken(String token) {

    private static final int CHARS_MAX = 100;

    static final BodySchema SHAPE = BodySchema.of(field());

    /** The field of a body that holds it. */
    static BodySchema.Field field() {
        return BodySchema.text("token", 1, CHARS_MAX);
    }

    Secret secret() {
        return new Secret(token);
    }

    /** What is refused that was never mailed, was mailed too long ago, or works once and was used. */
    static Problem useless() {
        return Problem.invalid("#/token", "unknown", "must be the token of a link that was mailed lately and not used");
    }

    /** Not the token. */
    @Override
    public String toString() {
        return "LinkToken[]";
    }
}
