package dev.skelly.bus;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts dropped messages by reason. The first of each reason is logged; a stranger does not fill the log. Safe on any thread. */
final class DroppedMessages {

    private static final Logger LOGGER = LoggerFactory.getLogger(DroppedMessages.class);

    private final Map<DropReason, Counter> counters = new EnumMap<>(DropReason.class);
    private final Set<DropReason> logged = EnumSet.noneOf(DropReason.class); // Guarded by itself.

    DroppedMessages(MeterRegistry meters) {
        for (var reason : DropReason.values()) {
            counters.put(
                    reason,
                    Counter.builder("skelly.bus.dropped")
                            .description("Messages of the bus that were not accepted")
                            .tag("reason", reason.label())
                            .register(meters));
        }
    }

    void drop(DropReason reason, String address) {
        Objects.requireNonNull(counters.get(reason)).increment();
        synchronized (logged) {
            if (!logged.add(reason)) {
                return;
            }
        }
        LOGGER.warn(
                "A message to {} is dropped: it {}. Further ones are counted only: skelly_bus_dropped_total{{}}",
                printable(address),
                reason.explanation(),
                "reason=\"" + reason.label() + "\"");
    }

    /* The address of a forged message is the stranger's. */
    private static String printable(String address) {
        var cut = address.length() > 80 ? address.substring(0, 80) : address;
        return cut.replaceAll("[^\\x21-\\x7e]", "?");
    }
}
