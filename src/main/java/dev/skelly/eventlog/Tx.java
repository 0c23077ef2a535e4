package dev.skelly.eventlog;

import dev.skelly.event.CommandContext;
import dev.skelly.event.Event;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An open transaction: a feature's SQL and the events it appends commit together, or not at all.
 *
 * <p>{@link EventLog#transact} passes it to a block, which must not keep it.
 */
public final class Tx {

    private final SqlConnection sql;
    private final CommandContext cause;
    private final EventTable events;
    private final BeforeCommit follows;
    private final Written written;

    /* Shared by the views of one transaction. Confined to the connection's context. */
    private static final class Written {
        private OptionalLong last = OptionalLong.empty();
        private final List<Long> followed = new ArrayList<>();
    }

    Tx(SqlConnection sql, CommandContext cause, EventTable events, BeforeCommit follows) {
        this(sql, cause, events, follows, new Written());
    }

    private Tx(SqlConnection sql, CommandContext cause, EventTable events, BeforeCommit follows, Written written) {
        this.sql = sql;
        this.cause = cause;
        this.events = events;
        this.follows = follows;
        this.written = written;
    }

    /** Returns this transaction for a command with another context. */
    public Tx causedBy(CommandContext other) {
        return new Tx(sql, other, events, follows, written);
    }

    /** Returns the connection, for the feature's own SQL. */
    public SqlConnection sql() {
        return sql;
    }

    /** Returns the context of the command. */
    public CommandContext cause() {
        return cause;
    }

    /** Limits how long each later statement of this transaction waits for a lock; a statement that waits longer fails. */
    public Future<Void> limitLockWait(Duration wait) {
        return SubjectHeadTable.lockWait(sql, wait);
    }

    /** Appends an event at its subject's next version. */
    public Future<Void> append(Event event) {
        return events.append(sql, cause, event).map(seq -> remember(events.typeName(event), seq));
    }

    /**
     * Appends an event if its subject is still at a version.
     *
     * @param expectedVersion 0 when the subject has no event yet
     * @return fails with {@link StaleVersionException} when it is not
     */
    public Future<Void> append(Event event, long expectedVersion) {
        return events.append(sql, cause, event, expectedVersion).map(seq -> remember(events.typeName(event), seq));
    }

    /**
     * Appends many events at once, each at its subject's next version.
     *
     * @param drafts no id twice
     * @return one result for each, in their order
     */
    public Future<List<AppendResult>> append(List<NewEvent> drafts) {
        return appendAll(drafts, null);
    }

    /**
     * Appends many events at once, each at its subject's next version, and waits for a lock no longer than given. The limit holds until the
     * transaction ends.
     *
     * @param drafts no id twice
     * @return one result for each, in their order; fails when another transaction holds the head of a subject for longer
     */
    public Future<List<AppendResult>> append(List<NewEvent> drafts, Duration lockWait) {
        return appendAll(drafts, lockWait);
    }

    private Future<List<AppendResult>> appendAll(List<NewEvent> drafts, @Nullable Duration lockWait) {
        return events.append(sql, drafts, lockWait).onSuccess(results -> {
            for (var i = 0; i < drafts.size(); i++) {
                remember(drafts.get(i), results.get(i));
            }
        });
    }

    private void remember(NewEvent draft, AppendResult result) {
        if (result.fate() == AppendResult.Fate.APPENDED) {
            remember(draft.type().name(), result.seq());
        } else if (written.last.isEmpty() || written.last.getAsLong() < result.seq()) {
            written.last = OptionalLong.of(result.seq());
        }
    }

    private Void remember(String type, long seq) {
        if (written.last.isEmpty() || written.last.getAsLong() < seq) {
            written.last = OptionalLong.of(seq);
        }
        if (follows.concerns(type)) {
            written.followed.add(seq);
        }
        return null;
    }

    Future<Void> beforeCommit() {
        return written.followed.isEmpty() ? Future.succeededFuture() : follows.run(sql, List.copyOf(written.followed));
    }

    /** Returns the {@code seq} of the last event appended so far; empty when there is none. */
    public OptionalLong lastWrite() {
        return written.last;
    }
}
