package dev.skelly.features.accounts.login;

import dev.skelly.features.accounts.SecretText;
import dev.skelly.features.accounts.UserView;

/**
 * The tokens of a session.
 *
 * @param accessToken signed
 * @param accessSeconds lifetime of the access token
 * @param refreshToken for the next access token
 * @param refreshSeconds lifetime of the refresh token
 * @param sessionCookie proves the session, for as long as it lives
 * @param user the account
 */
public record LoginResult(
        SecretText accessToken,
        long accessSeconds,
        SecretText refreshToken,
        long refreshSeconds,
        SecretText sessionCookie,
        UserView user) {}
