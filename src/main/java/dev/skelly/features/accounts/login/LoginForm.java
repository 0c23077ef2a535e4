package dev.skelly.features.accounts.login;

import dev.skelly.feature.BodySchema;
import dev.skelly.feature.Problem;
import dev.skelly.features.accounts.EmailAddress;
import dev.skelly.features.accounts.password.PasswordRules;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Request body of POST /api/auth/login.
 *
 * @param session {@code token} for a client without cookies; null or {@code cookie} for pages of this origin
 */
record LoginForm(String email, String password, @Nullable String session) {

    private static final String TOKEN = "token";

    static final BodySchema SHAPE = BodySchema.of(
            EmailAddress.field(),
            PasswordRules.present("password"),
            new BodySchema.Field("session", false, Map.of("type", "string", "enum", List.of("cookie", TOKEN))));

    /**
     * Checks what the schema cannot.
     *
     * @throws Problem when the address is invalid
     */
    LoginForm {
        if (EmailAddress.parse(email).isEmpty()) {
            throw Problem.invalid(List.of(EmailAddress.fault()));
        }
    }

    /** Returns the same key for every spelling of one address. */
    String key() {
        return new EmailAddress(email).key();
    }

    /** Returns whether the refresh token goes into the body, and no cookie is set. */
    boolean withoutCookies() {
        return TOKEN.equals(session);
    }

    /** Contains neither address nor password. */
    @Override
    public String toString() {
        return "Credentials[]";
    }
}
