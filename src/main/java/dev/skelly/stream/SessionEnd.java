package dev.skelly.stream;

/**
 * An event that ends streams: those of the sign-in or of the account that its data names.
 *
 * @param type stored name of the event, e.g. {@code user.logged-out}
 * @param field of its data, holding the id of a sign-in or of an account, e.g. {@code sessionId}
 */
public record SessionEnd(String type, String field) {}
