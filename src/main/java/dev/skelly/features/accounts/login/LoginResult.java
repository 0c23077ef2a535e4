package dev.skelly.features.accounts.login;

import dev.skelly.features.accounts.SecretText;
import dev.skelly.features.accounts.UserView;

/**
 * What a signed-in person gets.
 *
 * @param accessToken signed
 * @param accessSeconds how long it lives
 * @param refreshToken for the next one
 * @param refreshSeconds how long that one can be used
 * @param user who they are
 */
public record LoginResult(
        SecretText accessToken, long accessSeconds, SecretText refreshToken, long refreshSeconds, UserView user) {}
