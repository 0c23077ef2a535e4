package dev.skelly.feature.accounts;

/**
 * What a signed-in person gets.
 *
 * @param accessToken signed
 * @param accessSeconds how long it lives
 * @param refreshToken for the next one
 * @param refreshSeconds how long that one can be used
 * @param user who they are
 */
record SignedIn(Secret accessToken, long accessSeconds, Secret refreshToken, long refreshSeconds, UserView user) {}
