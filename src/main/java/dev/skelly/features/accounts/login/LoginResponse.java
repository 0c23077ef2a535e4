package dev.skelly.features.accounts.login;

import dev.skelly.feature.Response;
import dev.skelly.feature.SchemaName;
import dev.skelly.features.accounts.UserView;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Response body of a login. The refresh token is a cookie that scripts cannot read, except for clients without cookies.
 *
 * @param accessToken for the Authorization header
 * @param tokenType always {@code Bearer}
 * @param expiresIn lifetime of the access token in seconds
 * @param refreshToken null for clients with cookies
 * @param position of the log after the login; null when nothing was written
 */
@SchemaName("LoginResult")
public record LoginResponse(
        String accessToken,
        String tokenType,
        long expiresIn,
        UserView user,
        @Nullable String refreshToken,
        @Nullable String position) {

    public static final String REFRESH_COOKIE = "refresh";
    private static final String REFRESH_PATH = "/api/auth";
    private static final String SESSION_COOKIE = "session";
    private static final String SESSION_PATH = "/api";

    /** Returns 200 with both cookies. */
    public static Response of(LoginResult signedIn, @Nullable String position) {
        var refreshLife = Duration.ofSeconds(signedIn.refreshSeconds());
        return body(signedIn, null, position)
                .cookie(new Response.Cookie(
                        REFRESH_COOKIE, signedIn.refreshToken().reveal(), REFRESH_PATH, refreshLife))
                .cookie(new Response.Cookie(
                        SESSION_COOKIE, signedIn.sessionCookie().reveal(), SESSION_PATH, refreshLife));
    }

    /** Returns 200 with the refresh token in the body, for pages of other origins and for programs. */
    public static Response withoutCookies(LoginResult signedIn, @Nullable String position) {
        return body(signedIn, signedIn.refreshToken().reveal(), position);
    }

    private static Response body(LoginResult signedIn, @Nullable String refreshToken, @Nullable String position) {
        return Response.ok(new LoginResponse(
                signedIn.accessToken().reveal(),
                "Bearer",
                signedIn.accessSeconds(),
                signedIn.user(),
                refreshToken,
                position));
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
