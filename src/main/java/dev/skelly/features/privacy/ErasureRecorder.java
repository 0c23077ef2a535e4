package dev.skelly.features.privacy;

import dev.skelly.eventlog.LogIdentity;
import dev.skelly.eventlog.LogReader;
import dev.skelly.feature.LeaderTask;
import dev.skelly.features.privacy.ErasureJournal.Noted;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Copies the erasures from the log to the journal outside the database. A new leader continues where the file on its own node ends, so the file
 * of each node that ever leads becomes complete.
 */
public final class ErasureRecorder implements LeaderTask {

    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final int ERASURES_MAX = 500; // Per step; a round has several.

    /** The position up to which a log was read. */
    private record Reached(long epoch, long position) {}

    private final Vertx vertx;
    private final ErasureJournal book;
    private final Set<String> types;
    private volatile @Nullable Reached reached; // Written by rounds, which run one after the other.

    /**
     * Creates the task. It writes to {@code book}.
     *
     * @param types all names of the event that reports an erasure
     */
    public ErasureRecorder(Vertx vertx, ErasureJournal book, Set<String> types) {
        this.vertx = vertx;
        this.book = book;
        this.types = types;
    }

    @Override
    public String name() {
        return "erasure-notes";
    }

    @Override
    public Duration every() {
        return EVERY;
    }

    @Override
    public Future<Void> round(SqlClient sql) {
        return LogIdentity.load(sql)
                .compose(log -> new LogReader(sql).head().compose(head -> start(log.epoch(), head)))
                .compose(from -> note(sql, from));
    }

    /* A log that is shorter than the position reached was restored: it is read from the start, and no account is recorded twice. */
    private Future<Reached> start(long epoch, long head) {
        var before = reached;
        if (before != null && before.epoch() == epoch && before.position() <= head) {
            return Future.succeededFuture(before);
        }
        return vertx.executeBlocking(book::all).map(all -> {
            var newest = all.stream()
                    .filter(noted -> noted.epoch() == epoch)
                    .mapToLong(Noted::position)
                    .max()
                    .orElse(0);
            return new Reached(epoch, newest <= head ? newest : 0);
        });
    }

    private Future<Void> note(SqlClient sql, Reached from) {
        return ErasureTable.after(sql, from.epoch(), from.position(), types, ERASURES_MAX)
                .compose(found ->
                        found.isEmpty() ? Future.succeededFuture(found) : vertx.executeBlocking(() -> add(found, from)))
                .compose(found -> {
                    var to = found.isEmpty()
                            ? from
                            : new Reached(
                                    from.epoch(), found.get(found.size() - 1).position());
                    reached = to;
                    return found.size() == ERASURES_MAX ? note(sql, to) : Future.succeededFuture();
                });
    }

    private List<Noted> add(List<Noted> found, Reached from) {
        var known = from.position() == 0 ? book.accounts() : Set.of();
        var fresh =
                found.stream().filter(noted -> !known.contains(noted.account())).toList();
        if (!fresh.isEmpty()) {
            book.add(fresh);
        }
        return found;
    }
}
