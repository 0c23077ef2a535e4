package dev.skelly.features.events;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings of events from outside, under {@code events}.
 *
 * @param dir folder of declared types, {@code *.yaml} and {@code *.yml}; one that is not there holds none
 * @param bytesMax of one event's data, as JSON in UTF-8
 * @param requestMax events in one request; never more than {@code perSecond} allows in ten seconds
 * @param waitingMax events of a node that wait to be appended; beyond it the answer is 503
 * @param batchMax events appended in one transaction
 * @param idsKept how long an id that a caller chose is recognised when it comes again
 * @param perSecond events of one person, or of one address where nobody is signed in, in a second; over ten seconds
 */
public record EventsConfig(
        Path dir, int bytesMax, int requestMax, int waitingMax, int batchMax, Duration idsKept, int perSecond) {

    /** 64 KiB as in most event systems. Ids are kept longer than a phone usually stays offline. */
    public static final EventsConfig DEFAULT =
            new EventsConfig(Path.of("conf", "events"), 64 * 1024, 500, 10_000, 500, Duration.ofDays(30), 100);

    /** Rejects invalid values. */
    public EventsConfig {
        atLeastOne("bytes-max", bytesMax);
        atLeastOne("request-max", requestMax);
        atLeastOne("waiting-max", waitingMax);
        atLeastOne("batch-max", batchMax);
        atLeastOne("per-second", perSecond);
        if (idsKept.toHours() < 24) {
            throw new IllegalArgumentException("events.ids-kept: " + idsKept + " (expected: a day or more)");
        }
    }

    private static void atLeastOne(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("events." + key + ": " + value + " (expected: 1 or more)");
        }
    }
}
