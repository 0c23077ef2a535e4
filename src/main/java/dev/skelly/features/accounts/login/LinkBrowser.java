package dev.skelly.features.accounts.login;

import dev.skelly.feature.Principal;
import dev.skelly.feature.Request;
import dev.skelly.features.accounts.SecretText;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the browser that opened a mailed link knows of an account (decision note 0405). Its network address is not part of it: people behind
 * one address are not one person.
 *
 * @param session the session of the access token; null without one
 * @param refreshToken the refresh cookie; null without one
 * @param device the device cookie; null without one
 */
public record LinkBrowser(
        @Nullable UUID session,
        @Nullable SecretText refreshToken,
        @Nullable SecretText device) {

    /** Returns what a request shows. */
    public static LinkBrowser of(Request request) {
        return new LinkBrowser(
                request.caller().map(Principal::session).orElse(null),
                request.cookie(LoginResponse.REFRESH_COOKIE)
                        .map(SecretText::new)
                        .orElse(null),
                DeviceCookie.of(request).orElse(null));
    }
}
