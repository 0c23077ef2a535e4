package dev.skelly.access;

/**
 * Somebody with an account who has signed in.
 *
 * @param id of the account
 * @param email unlike anybody else's, as is {@code name}
 * @param token as it was at the sign-in
 */
record Person(String id, String email, String name, String token) {}
