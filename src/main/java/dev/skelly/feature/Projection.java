package dev.skelly.feature;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.List;
import java.util.Set;

/**
 * Keeps a read model: tables that follow from events, and from nothing else. They can be rebuilt at any time.
 *
 * <p>It has no effect but on its own tables: no command, no mail, no other table, no clock, no random number. The sensitive fields of events are
 * never decrypted for it. Its tables have a primary key, and no triggers, foreign keys, views or serial columns, because a rebuild fills copies of
 * them and then puts the copies in their place. Its SQL names tables without a schema.
 */
public interface Projection {

    /** Hyphenated lower-case words, unique in the program. */
    String name();

    /** Returns when events are applied. */
    ProjectionKind kind();

    /** The event types it follows from, by their current names. An inline one follows only from types that no client may emit. */
    Set<String> types();

    /** Its tables, to which no other code writes. */
    List<String> tables();

    /** Raise it when {@link #apply} gives other rows than before: operators then see that a rebuild is due. */
    default int version() {
        return 1;
    }

    /**
     * Applies events, in a transaction.
     *
     * @param events at least one; of one subject in the order of its versions, each event once. The sequence of the log, except for events of
     *     different subjects that are written at the same time
     * @return a failed future, like an exception, applies none of them: an inline projection then rejects the command, an asynchronous one stops
     *     before the event and is tried again, a rebuild ends
     */
    Future<Void> apply(SqlClient sql, List<ProjectedEvent> events);
}
