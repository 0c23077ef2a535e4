package dev.skelly.logging;

/**
 * Settings of the log lines, under {@code log}.
 *
 * @param level the lowest level that is written; libraries are one level quieter
 * @param format the format of a line
 */
public record LoggingConfig(Level level, Format format) {

    /** The default settings. */
    public static final LoggingConfig DEFAULT = new LoggingConfig(Level.INFO, Format.TEXT);

    /** The levels, the lowest first. */
    public enum Level {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    /** The format of a line. */
    public enum Format {
        /** Text for people. */
        TEXT,
        /** One JSON object a line. */
        JSON
    }
}
