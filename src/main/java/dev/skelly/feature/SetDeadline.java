package dev.skelly.feature;

import java.time.Instant;

/**
 * Sets a deadline of a process, or moves it.
 *
 * @param process name of the {@link BusinessProcess}
 * @param key what the process is about, such as an id; at most 200 characters
 * @param name of the deadline, unique for the key; at most 100 characters
 * @param due when it is over; its command is sent within about two seconds after that
 */
public record SetDeadline(String process, String key, String name, Instant due) implements Command<Void> {}
