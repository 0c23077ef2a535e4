package dev.skelly.feature;

import org.jspecify.annotations.Nullable;

/**
 * The result of an executed and committed command.
 *
 * @param result its value; null exactly when the command's result is {@link Void}
 * @param position opaque cursor of the last event it appended; null when it appended none
 * @param <R> result
 */
public record CommandResult<R>(R result, @Nullable String position) {}
