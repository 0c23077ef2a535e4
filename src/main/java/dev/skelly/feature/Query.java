package dev.skelly.feature;

/**
 * A request to read something. A record whose components are JSON-serializable, because it may travel to another node.
 *
 * @param <R> the result: a JSON-serializable record
 */
public interface Query<R> {}
