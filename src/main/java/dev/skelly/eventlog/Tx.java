package dev.skelly.eventlog;

import dev.skelly.event.CommandContext;
import dev.skelly.event.Event;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.OptionalLong;

/**
 * An open transaction: a feature's SQL and the events it appends commit together, or not at all.
 *
 * <p>{@link EventLog#transact} passes it to a block, which must not keep it.
 */
public final class Tx {

    private final SqlConnection sql;
    private final CommandContext cause;
    private final EventTable events;
    private final LastWrite last;

    /* Shared by the views of one transaction. Confined to the connection's context. */
    private static final class LastWrite {
        private OptionalLong seq = OptionalLong.empty();
    }

    Tx(SqlConnection sql, CommandContext cause, EventTable events) {
        this(sql, cause, events, new LastWrite());
    }

    private Tx(SqlConnection sql, CommandContext cause, EventTable events, LastWrite last) {
        this.sql = sql;
        this.cause = cause;
        this.events = events;
        this.last = last;
    }

    /** Returns this transaction for a command with another context. */
    public Tx causedBy(CommandContext other) {
        return new Tx(sql, other, events, last);
    }

    /** Returns the connection, for the feature's own SQL. */
    public SqlConnection sql() {
        return sql;
    }

    /** Returns the context of the command. */
    public CommandContext cause() {
        return cause;
    }

    /** Appends an event at its subject's next version. */
    public Future<Void> append(Event event) {
        return events.append(sql, cause, event).map(this::remember);
    }

    /**
     * Appends an event if its subject is still at a version.
     *
     * @param expectedVersion 0 when the subject has no event yet
     * @return fails with {@link StaleVersionException} when it is not
     */
    public Future<Void> append(Event event, long expectedVersion) {
        return events.append(sql, cause, event, expectedVersion).map(this::remember);
    }

    /**
     * Appends many events at once, each at its subject's next version.
     *
     * @param drafts no id twice
     * @return one result for each, in their order
     */
    public Future<List<AppendResult>> append(List<NewEvent> drafts) {
        return events.append(sql, drafts)
                .onSuccess(receipts ->
                        receipts.stream().mapToLong(AppendResult::seq).max().ifPresent(this::remember));
    }

    private Void remember(long seq) {
        last.seq = OptionalLong.of(seq);
        return null;
    }

    /** Returns the {@code seq} of the last event appended so far; empty when there is none. */
    public OptionalLong lastWrite() {
        return last.seq;
    }
}
