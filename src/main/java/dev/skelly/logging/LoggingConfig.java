package dev.skelly.logging;

/**
 * Settings of the log lines, under {@code log}.
 *
 * @param level lowest level of log lines: {@code trace}, {@code debug}, {@code info}, {@code warn}, {@code error}. Libraries log one level
 *     less
 * @param format {@code text} for people, or {@code json} with one object a line for programs
 */
public record LoggingConfig(Level level, Format format) {

    /** The defaults. */
    public static final LoggingConfig DEFAULT = new LoggingConfig(Level.INFO, Format.TEXT);

    /** Levels of log lines, the lowest first. */
    public enum Level {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    /** Form of a log line. */
    public enum Format {
        /** Text for people. */
        TEXT,
        /** One JSON object a line. */
        JSON
    }
}
