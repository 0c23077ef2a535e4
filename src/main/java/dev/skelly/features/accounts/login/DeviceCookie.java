package dev.skelly.features.accounts.login;

import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.features.accounts.SecretText;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The cookie that recognises a browser: at its next login, and when it opens a mailed link. It grants no access, and logout keeps it. A
 * browser has one for all accounts.
 */
public final class DeviceCookie {

    private static final String NAME = "device";
    private static final String PATH = "/api/auth";
    private static final Duration LIFE = Duration.ofDays(365);
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final SecureRandom random;

    public DeviceCookie(SecureRandom random) {
        this.random = random;
    }

    /** Returns the secret of the request's cookie; empty when there is none, or when it is malformed. */
    public static Optional<SecretText> of(Request request) {
        return request.cookie(NAME).filter(text -> FORM.matcher(text).matches()).map(SecretText::new);
    }

    /** Returns the secret of the request's cookie, or a new one for a browser without it. */
    public SecretText ofOrNew(Request request) {
        return of(request).orElseGet(() -> SecretText.random(random));
    }

    /** Returns the cookie that carries a secret. */
    public static Response.Cookie carrying(SecretText device) {
        return new Response.Cookie(NAME, device.reveal(), PATH, LIFE);
    }
}
