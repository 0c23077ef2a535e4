package dev.skelly.feature;

/**
 * Changes something. A record whose components JSON can carry, because it may travel to another node.
 *
 * @param <R> what carrying it out answers: a record, or {@link Void}
 */
public interface Command<R> {}
