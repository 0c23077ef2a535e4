package dev.skelly.eventlog;

import dev.skelly.event.EventType;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlClient;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes the fields that a type marks as sensitive out of the data, before it is written. */
@FunctionalInterface
public interface FieldSealing {

    /** Refuses types with sensitive fields: for logs that have none. */
    FieldSealing NONE = (sql, events) -> Future.failedFuture(new IllegalStateException(
            events.get(0).type().name() + " has sensitive fields (expected: a log that seals them)"));

    /** In the place of a digest whose key is gone: the id alone decides. */
    String FORGOTTEN = "";

    /**
     * An event about to be written.
     *
     * @param id the event's
     * @param subject whom it happens to
     * @param channels who may see it
     * @param data JSON text of an object
     * @param digest of the whole content, where the id may come again; else null
     */
    record Plain(
            UUID id,
            EventType type,
            String subject,
            List<String> channels,
            String data,
            @Nullable String digest) {}

    /**
     * What is written of it.
     *
     * @param data JSON text without the sensitive fields
     * @param sealed those fields; null where the event has none of them, or nobody may ever read them again
     * @param digest tells the same content from other content, and tells nobody who has the database what it was; null where none was
     *     given, {@link #FORGOTTEN} where the content cannot be compared any more
     */
    record SealedData(
            String data, @Nullable Buffer sealed, @Nullable String digest) {}

    /**
     * Seals, reading and making keys in the transaction in which the events are written.
     *
     * @param events of types with sensitive fields, at least one
     * @return one for each, in their order
     */
    Future<List<SealedData>> seal(SqlClient sql, List<Plain> events);
}
