package dev.skelly.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Formats a log event as {@code 2026-11-23T06:44:04.467Z WARN  relay.Relay  lease was lost holder=a1 epoch=7}, followed by the indented
 * cause.
 */
final class TextLayout extends LayoutBase<ILoggingEvent> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);
    private static final String OURS = "dev.skelly.";
    private static final String CAUSE_INDENT = "    ";

    @Override
    public String doLayout(ILoggingEvent event) {
        var line = new StringBuilder(TIME.format(event.getInstant()))
                .append(' ')
                .append("%-5s".formatted(event.getLevel()))
                .append(' ')
                .append(shortName(event.getLoggerName()))
                .append("  ");
        escape(String.valueOf(event.getFormattedMessage()), line);
        if (event.getKeyValuePairs() != null) {
            for (var pair : event.getKeyValuePairs()) {
                line.append(' ').append(pair.key).append('=');
                value(String.valueOf(pair.value), line);
            }
        }
        line.append('\n');
        if (event.getThrowableProxy() != null) {
            cause(ThrowableProxyUtil.asString(event.getThrowableProxy()), line);
        }
        return line.toString();
    }

    private static String shortName(String logger) {
        return logger.startsWith(OURS) ? logger.substring(OURS.length()) : logger;
    }

    private static void value(String value, StringBuilder line) {
        var quoted = value.isEmpty() || value.chars().anyMatch(sign -> sign == ' ' || sign == '"' || sign == '=');
        if (quoted) {
            line.append('"');
        }
        escape(quoted ? value.replace("\"", "\\\"") : value, line);
        if (quoted) {
            line.append('"');
        }
    }

    /* A cause has several lines, and its message may contain foreign text: indented, none of them can pass for a line of the log. */
    private static void cause(String text, StringBuilder line) {
        text.lines().forEach(each -> {
            line.append(CAUSE_INDENT);
            escape(each.replace("\t", "  "), line);
            line.append('\n');
        });
    }

    private static void escape(String text, StringBuilder line) {
        text.codePoints().forEach(sign -> {
            if (unfit(sign)) {
                line.append("\\u%04x".formatted(sign));
            } else {
                line.appendCodePoint(sign);
            }
        });
    }

    /*
     * Returns whether a character is unsafe; includes invisible ones that a terminal obeys, such as a mark that reverses the direction of a
     * line.
     */
    private static boolean unfit(int sign) {
        return Character.isISOControl(sign)
                || sign == '\u2028'
                || sign == '\u2029'
                || Character.getType(sign) == Character.FORMAT;
    }
}
