package dev.skelly.eventlog;

import java.util.OptionalLong;

/**
 * What a committed transaction leaves behind.
 *
 * @param value what its block answered; null exactly when the block's result is {@link Void}
 * @param lastWrite the {@code seq} of the last event it appended; empty when it appended none
 * @param <T> answer of the block
 */
public record Committed<T>(T value, OptionalLong lastWrite) {}
