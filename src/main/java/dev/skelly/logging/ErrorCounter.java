package dev.skelly.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the errors that this process logs, by place in the code. Keeps no text of a line or of an exception, which may hold a secret. Bounded: errors
 * of places beyond {@value #PLACES_MAX} are counted together. Safe on any thread.
 */
public final class ErrorCounter extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private static final int PLACES_MAX = 100;
    private static final ErrorPlace REST = new ErrorPlace("others", null, null);

    /**
     * Where an error came from.
     *
     * @param logger name of the logger
     * @param exception class of the exception; null without one
     * @param place {@code Class.method:line} that threw it; null without an exception
     */
    public record ErrorPlace(
            String logger,
            @Nullable String exception,
            @Nullable String place) {}

    /**
     * Errors of one place.
     *
     * @param last time of the last one
     */
    public record CountedErrors(ErrorPlace from, long count, Instant last) {

        private CountedErrors and(CountedErrors newer) {
            return new CountedErrors(from, count + newer.count(), newer.last());
        }
    }

    private final Map<ErrorPlace, CountedErrors> counted = new HashMap<>(); // Guarded by this counter's monitor.

    /** Creates a counter that counts nothing yet. */
    public ErrorCounter() {}

    /** Counts from now on, until this is closed or the log is configured again. Returns this. */
    public ErrorCounter begin() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            setContext(context);
            setName("error counter");
            start();
            context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(this);
        }
        return this;
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
            count(from(event), Instant.ofEpochMilli(event.getTimeStamp()));
        }
    }

    private static ErrorPlace from(ILoggingEvent event) {
        var thrown = event.getThrowableProxy();
        return new ErrorPlace(
                event.getLoggerName(),
                thrown == null ? null : thrown.getClassName(),
                thrown == null ? null : place(thrown));
    }

    private static @Nullable String place(IThrowableProxy thrown) {
        var steps = thrown.getStackTraceElementProxyArray();
        if (steps == null || steps.length == 0) {
            return null;
        }
        var step = steps[0].getStackTraceElement();
        return step.getClassName() + "." + step.getMethodName() + ":" + step.getLineNumber();
    }

    private synchronized void count(ErrorPlace from, Instant at) {
        var key = counted.containsKey(from) || counted.size() < PLACES_MAX ? from : REST;
        counted.merge(key, new CountedErrors(key, 1, at), CountedErrors::and);
    }

    /** Returns what was counted since the last call, the most frequent first. */
    public synchronized List<CountedErrors> take() {
        var taken = counted.values().stream()
                .sorted(Comparator.comparingLong(CountedErrors::count).reversed())
                .toList();
        counted.clear();
        return taken;
    }

    /** Counts no more. */
    @Override
    public void close() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(this);
        }
        stop();
    }
}
