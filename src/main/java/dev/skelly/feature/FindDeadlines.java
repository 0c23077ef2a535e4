package dev.skelly.feature;

import java.time.Instant;
import java.util.List;

/** Finds the deadlines of a process that are not over. */
public record FindDeadlines(String process, String key) implements Query<FindDeadlines.Deadlines> {

    /** The deadlines, the next one first. */
    public record Deadlines(List<Deadline> deadlines) {}

    /** A deadline. */
    public record Deadline(String name, Instant due) {}
}
