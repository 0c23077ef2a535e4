package dev.skelly.eventlog;

import java.util.OptionalLong;

/**
 * The result of a committed transaction.
 *
 * @param value result of its block; null exactly when the block's result is {@link Void}
 * @param lastWrite the {@code seq} of the last event it appended; empty when it appended none
 * @param <T> result type of the block
 */
public record CommitResult<T>(T value, OptionalLong lastWrite) {}
