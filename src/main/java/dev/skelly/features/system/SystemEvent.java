package dev.skelly.features.system;

import dev.skelly.event.Audience;
import dev.skelly.event.Channels;
import dev.skelly.event.Description;
import dev.skelly.event.Event;
import dev.skelly.event.EventName;
import dev.skelly.event.Retention;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events about the system itself, for administrators. */
@Channels("role:admin")
public sealed interface SystemEvent extends Event {

    @Override
    default Audience audience() {
        return Audience.of(Audience.role(Audience.ADMIN));
    }

    /**
     * The rates and levels of the whole cluster since the last measurement.
     *
     * @param seconds time since the last measurement
     * @param eventsPerSecond events appended to the log, without these
     * @param deliveredPerSecond events sent to streams, by all nodes
     * @param streams open streams of all nodes
     * @param relayLagMillis age of the oldest event that had no position yet; null while no node leads
     * @param workPending events that a worker runs or will retry, up to 10,000
     * @param deadLetters open dead letters, up to 10,000
     * @param nodes the newest report of each node
     */
    @EventName("system.metrics")
    @Description("The rates and levels of the system; not emitted while nothing happens.")
    @Retention(days = 1)
    record Measured(
            double seconds,
            double eventsPerSecond,
            double deliveredPerSecond,
            int streams,
            @Nullable Long relayLagMillis,
            int workPending,
            int deadLetters,
            List<NodeFigures> nodes)
            implements SystemEvent {

        /** Copies the list. */
        public Measured {
            nodes = List.copyOf(nodes);
        }

        @Override
        public String subject() {
            return "system:metrics";
        }
    }

    /**
     * The figures of a node.
     *
     * @param node name of the process, new at each start
     * @param deliveredPerSecond events sent to streams
     * @param streams open streams
     * @param commands commands and queries in progress
     * @param relayLagMillis null if the node does not lead the relay
     */
    record NodeFigures(
            String node,
            double deliveredPerSecond,
            int streams,
            int commands,
            @Nullable Long relayLagMillis) {}

    /**
     * A part of a node fails, or works again.
     *
     * @param part {@code database}, {@code broker} or another check of {@code /health/ready}; {@code node} for a node that is silent
     * @param since when the node noticed it; for a silent node, its last report
     */
    @EventName("system.health-changed")
    @Description("A part of a node fails or works again, or a node is silent.")
    @Retention(days = 90)
    record HealthChanged(String node, String part, boolean up, Instant since) implements SystemEvent {

        @Override
        public String subject() {
            return "system:node-" + node;
        }
    }

    /**
     * A node logged errors.
     *
     * @param errors by place in the code
     * @param others errors at further places
     */
    @EventName("system.error")
    @Description("A node logged errors. Their texts are in its log only.")
    @Retention(days = 30)
    record ErrorsLogged(String node, List<LoggedError> errors, long others) implements SystemEvent {

        /** Copies the list. */
        public ErrorsLogged {
            errors = List.copyOf(errors);
        }

        @Override
        public String subject() {
            return "system:node-" + node;
        }
    }

    /**
     * Errors of one place in the code.
     *
     * @param logger name of the logger
     * @param exception class of the exception; null without one
     * @param place class, method and line that threw it or logged; null if unknown
     * @param count number since the last report
     * @param last time of the last one
     */
    record LoggedError(
            String logger,
            @Nullable String exception,
            @Nullable String place,
            long count,
            Instant last) {}
}
