package dev.skelly.event;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A stored event, as readers of the log get it.
 *
 * @param position its position in the total order of the log, dense from 1
 * @param id UUIDv7, the same wherever the event goes
 * @param type the stored name
 * @param version of the data format, as its type had it when this was written
 * @param source CloudEvents source, e.g. {@code /skelly/accounts}
 * @param subject whom or what it happened to
 * @param subjectVersion dense from 1 for each subject
 * @param actor the account that caused it; null if no account did
 * @param correlation id of the original request
 * @param causation id of the event that triggered this one; null if there is none
 * @param time when it was appended, by the appending node's clock
 * @param channels who may see it
 * @param data JSON text of the event's data, one line
 * @param traceparent W3C trace context of the request; null if it carried none
 * @param sealed base64 of the encrypted sensitive fields, which are never in {@code data}; null if there are none
 */
public record StoredEvent(
        long position,
        UUID id,
        String type,
        int version,
        String source,
        String subject,
        long subjectVersion,
        @Nullable UUID actor,
        UUID correlation,
        @Nullable UUID causation,
        Instant time,
        List<String> channels,
        String data,
        @Nullable String traceparent,
        @Nullable String sealed) {

    /** Creates an event without encrypted fields. */
    public StoredEvent(
            long position,
            UUID id,
            String type,
            int version,
            String source,
            String subject,
            long subjectVersion,
            @Nullable UUID actor,
            UUID correlation,
            @Nullable UUID causation,
            Instant time,
            List<String> channels,
            String data,
            @Nullable String traceparent) {
        this(
                position,
                id,
                type,
                version,
                source,
                subject,
                subjectVersion,
                actor,
                correlation,
                causation,
                time,
                channels,
                data,
                traceparent,
                null);
    }

    /** Returns whether a request of its actor wrote it, not a worker that reacted to another event. */
    public boolean byRequest() {
        return actor != null && causation == null;
    }

    /** Returns this event under another name of its type, with the data of another version. */
    public StoredEvent as(String name, int dataVersion, String newData) {
        return new StoredEvent(
                position,
                id,
                name,
                dataVersion,
                source,
                subject,
                subjectVersion,
                actor,
                correlation,
                causation,
                time,
                channels,
                newData,
                traceparent,
                sealed);
    }

    /** Returns this event with other channels. */
    public StoredEvent on(List<String> otherChannels) {
        return new StoredEvent(
                position,
                id,
                type,
                version,
                source,
                subject,
                subjectVersion,
                actor,
                correlation,
                causation,
                time,
                otherChannels,
                data,
                traceparent,
                sealed);
    }

    /** Returns this event with its sensitive fields decrypted into the data, or removed. */
    public StoredEvent opened(String newData) {
        return new StoredEvent(
                position,
                id,
                type,
                version,
                source,
                subject,
                subjectVersion,
                actor,
                correlation,
                causation,
                time,
                channels,
                newData,
                traceparent);
    }
}
