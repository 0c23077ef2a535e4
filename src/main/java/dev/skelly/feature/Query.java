package dev.skelly.feature;

/**
 * Reads something. A record whose components JSON can carry, because it may travel to another node.
 *
 * @param <R> the answer: a record that JSON can carry
 */
public interface Query<R> {}
