package dev.skelly.cluster;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.hazelcast.internal.server.tcp.ProtocolException;
import com.hazelcast.logging.LogEvent;
import com.hazelcast.logging.LogListener;
import java.time.Duration;
import java.util.logging.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes Hazelcast's warnings and errors, each in one line and each source once a minute: Hazelcast itself logs a stack trace for whatever
 * arrives at its port. Counts connections of another protocol.
 */
final class HazelcastLog implements LogListener {

    private static final Logger LOGGER = LoggerFactory.getLogger(HazelcastLog.class);
    private static final Duration ONCE_IN = Duration.ofMinutes(1);
    private static final int SOURCES_MAX = 1_000; // Loggers and classes of exceptions: a few dozen.

    private final RefusedPeers refused;
    private final Cache<String, Boolean> written = Caffeine.newBuilder()
            .maximumSize(SOURCES_MAX)
            .expireAfterWrite(ONCE_IN)
            .build();

    HazelcastLog(RefusedPeers refused) {
        this.refused = refused;
    }

    @Override
    public void log(LogEvent event) {
        var entry = event.getLogRecord();
        if (entry.getThrown() instanceof ProtocolException foreign) {
            refused.connection(String.valueOf(foreign.getMessage()));
            return;
        }
        var cause =
                entry.getThrown() == null ? "" : entry.getThrown().getClass().getName();
        if (written.asMap().putIfAbsent(entry.getLoggerName() + " " + cause, true) == null) {
            var level = entry.getLevel().intValue() >= Level.SEVERE.intValue()
                    ? org.slf4j.event.Level.ERROR
                    : org.slf4j.event.Level.WARN;
            LOGGER.atLevel(level)
                    .log("{} source={} cause={}", firstLine(entry.getMessage()), entry.getLoggerName(), cause);
        }
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }
}
