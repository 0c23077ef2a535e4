package dev.skelly.feature;

/**
 * Removes a deadline of a process; does nothing if there is none.
 *
 * @param process name of the {@link BusinessProcess}
 * @param key what the process is about
 * @param name of the deadline
 */
public record ClearDeadline(String process, String key, String name) implements Command<Void> {}
