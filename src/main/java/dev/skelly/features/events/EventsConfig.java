package dev.skelly.features.events;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings of emitted events, under {@code events}.
 *
 * @param dir folder of declared event types, {@code *.yaml} and {@code *.yml}. A missing folder counts as empty
 * @param bytesMax longest data of an emitted event, as JSON in UTF-8 bytes
 * @param requestMax events in one request; never more than {@code perSecond} allows in ten seconds
 * @param waitingMax events of a node that wait to be appended. Beyond it the response is 503
 * @param longValidationsMax requests of a node that wait to be validated because that takes too long for an event loop. Beyond it the
 *     response is 503
 * @param batchMax events appended in one transaction
 * @param idsKept time for which an id that a caller chose is recognised
 * @param headsKept time after which the head of a subject {@code event:…} is deleted; its version then follows from its events
 * @param perSecond events a second of one person, or of one network address without a login; averaged over ten seconds
 */
public record EventsConfig(
        Path dir,
        int bytesMax,
        int requestMax,
        int waitingMax,
        int longValidationsMax,
        int batchMax,
        Duration idsKept,
        Duration headsKept,
        int perSecond) {

    /** 64 KiB as in most event systems; ids are kept longer than a phone usually stays offline. */
    public static final EventsConfig DEFAULT = new EventsConfig(
            Path.of("conf", "events"), 64 * 1024, 500, 10_000, 20, 500, Duration.ofDays(30), Duration.ofDays(1), 100);

    /** Rejects values out of bounds. */
    public EventsConfig {
        atLeastOne("bytes-max", bytesMax);
        atLeastOne("request-max", requestMax);
        atLeastOne("waiting-max", waitingMax);
        atLeastOne("long-validations-max", longValidationsMax);
        atLeastOne("batch-max", batchMax);
        atLeastOne("per-second", perSecond);
        if (headsKept.toMinutes() < 1) {
            throw new IllegalArgumentException("events.heads-kept: " + headsKept + " (expected: a minute or more)");
        }
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
