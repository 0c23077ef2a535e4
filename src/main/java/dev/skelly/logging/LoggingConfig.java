package dev.skelly.logging;

/**
 * Settings of the log lines, under {@code log}.
 *
 * @param level the least important lines that are written; libraries are a step quieter
 * @param format how a line looks
 */
public record LoggingConfig(Level level, Format format) {

    /** What is shipped. */
    public static final LoggingConfig DEFAULT = new LoggingConfig(Level.INFO, Format.TEXT);

    /** Importance, the least first. */
    public enum Level {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    /** How a line looks. */
    public enum Format {
        /** For people. */
        TEXT,
        /** One JSON object a line. */
        JSON
    }
}
