package dev.skelly.feature;

/**
 * A request to change something. A record whose components are JSON-serializable, because it may travel to another node.
 *
 * @param <R> its result: a record, or {@link Void}
 */
public interface Command<R> {}
