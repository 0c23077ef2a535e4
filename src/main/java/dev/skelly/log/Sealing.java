package dev.skelly.log;

import dev.skelly.event.EventType;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlClient;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes the fields that a type marks as sensitive out of the data, before it is written. */
@FunctionalInterface
public interface Sealing {

    /** Refuses types with sensitive fields: for logs that have none. */
    Sealing NONE = (sql, events) -> Future.failedFuture(new IllegalStateException(
            events.get(0).type().name() + " has sensitive fields (expected: a log that seals them)"));

    /**
     * An event about to be written.
     *
     * @param id the event's
     * @param subject whom it happens to
     * @param channels who may see it
     * @param data JSON text of an object
     */
    record Plain(UUID id, EventType type, String subject, List<String> channels, String data) {}

    /**
     * What is written of it.
     *
     * @param data JSON text without the sensitive fields
     * @param sealed those fields; null where the event has none of them, or nobody may ever read them again
     */
    record Written(String data, @Nullable Buffer sealed) {}

    /**
     * Seals, reading and making keys in the transaction in which the events are written.
     *
     * @param events of types with sensitive fields, at least one
     * @return one for each, in their order
     */
    Future<List<Written>> seal(SqlClient sql, List<Plain> events);
}
