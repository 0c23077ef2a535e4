package dev.skelly.event;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Envelopes for tests of this package. */
final class SampleEvents {

    private SampleEvents() {}

    static StoredEvent envelope(String type, int version, String data) {
        return new StoredEvent(
                9,
                new UUID(1, 2),
                type,
                version,
                "/skelly/parcels",
                "user:1",
                1,
                null,
                new UUID(3, 4),
                null,
                Instant.EPOCH,
                List.of("public"),
                data,
                null);
    }
}
