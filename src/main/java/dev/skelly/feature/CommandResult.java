package dev.skelly.feature;

import org.jspecify.annotations.Nullable;

/**
 * A command was carried out and committed.
 *
 * @param result its answer; null exactly when the command's result is {@link Void}
 * @param position opaque cursor of the last event it appended; null when it appended none
 * @param <R> answer
 */
public record CommandResult<R>(R result, @Nullable String position) {}
