package dev.skelly.features.accounts.login;

import dev.skelly.feature.Response;
import dev.skelly.feature.SchemaName;
import dev.skelly.features.accounts.SecretText;
import dev.skelly.features.accounts.UserView;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Response body of a login. The refresh token is sent only as a cookie that scripts cannot read.
 *
 * @param accessToken for the Authorization header
 * @param tokenType always {@code Bearer}
 * @param expiresIn lifetime of the access token in seconds
 * @param position of the log after the login; null when nothing was written
 */
@SchemaName("LoginResult")
public record LoginResponse(
        String accessToken,
        String tokenType,
        long expiresIn,
        UserView user,
        @Nullable String position) {

    public static final String REFRESH_COOKIE = "refresh";
    private static final String REFRESH_PATH = "/api/auth";
    private static final String SESSION_COOKIE = "session";
    private static final String SESSION_PATH = "/api";

    static final String DEVICE_COOKIE = "device";
    private static final Duration DEVICE_LIFE = Duration.ofDays(365);

    /** Returns 200 with both cookies. */
    public static Response of(LoginResult signedIn, @Nullable String position) {
        var access = signedIn.accessToken().reveal();
        var refreshLife = Duration.ofSeconds(signedIn.refreshSeconds());
        return Response.ok(new LoginResponse(access, "Bearer", signedIn.accessSeconds(), signedIn.user(), position))
                .cookie(new Response.Cookie(
                        REFRESH_COOKIE, signedIn.refreshToken().reveal(), REFRESH_PATH, refreshLife))
                .cookie(new Response.Cookie(
                        SESSION_COOKIE, signedIn.sessionCookie().reveal(), SESSION_PATH, refreshLife));
    }

    /** Returns the cookie that recognises the browser at the next login. It grants no access, and logout keeps it. */
    static Response.Cookie device(SecretText browser) {
        return new Response.Cookie(DEVICE_COOKIE, browser.reveal(), REFRESH_PATH, DEVICE_LIFE);
    }

    /** Returns 204 that removes both cookies. */
    public static Response signedOut() {
        return removingCookies(Response.noContent());
    }

    /** Returns the same response, removing both cookies. */
    public static Response removingCookies(Response reply) {
        return reply.cookie(new Response.Cookie(REFRESH_COOKIE, "", REFRESH_PATH, Duration.ZERO))
                .cookie(new Response.Cookie(SESSION_COOKIE, "", SESSION_PATH, Duration.ZERO));
    }

    @Override
    public String toString() {
        return "LoginResponse[" + user + "]";
    }
}
