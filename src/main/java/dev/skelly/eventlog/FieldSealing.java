package dev.skelly.eventlog;

import dev.skelly.event.EventType;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlClient;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Encrypts the sensitive fields of a type and removes them from the data before it is written. */
@FunctionalInterface
public interface FieldSealing {

    /** Rejects types with sensitive fields, for logs without encryption. */
    FieldSealing NONE = (sql, events) -> Future.failedFuture(new IllegalStateException(
            events.get(0).type().name() + " has sensitive fields (expected: a log that seals them)"));

    /** Replaces a digest whose key is erased: only the id decides. */
    String FORGOTTEN = "";

    /**
     * An event before encryption.
     *
     * @param id of the event
     * @param subject whom or what it happens to
     * @param channels who may see it
     * @param data JSON text of an object
     * @param digest of the whole content when the id may be repeated; otherwise null
     */
    record Plain(
            UUID id,
            EventType type,
            String subject,
            List<String> channels,
            String data,
            @Nullable String digest) {}

    /**
     * An event after encryption, as it is written.
     *
     * @param data JSON text without the sensitive fields
     * @param sealed the encrypted fields; null when the event has none of them, or when they can never be read again
     * @param digest distinguishes the same content from other content without revealing it to readers of the database; null when none was
     *     given, {@link #FORGOTTEN} when the content can no longer be compared
     */
    record SealedJson(
            String data, @Nullable Buffer sealed, @Nullable String digest) {}

    /**
     * Encrypts the sensitive fields. Keys are read and created in the transaction that writes the events.
     *
     * @param events of types with sensitive fields, at least one
     * @return one for each, in their order
     */
    Future<List<SealedJson>> seal(SqlClient sql, List<Plain> events);
}
