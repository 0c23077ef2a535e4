package dev.skelly.checkpoint;

import dev.skelly.eventlog.ChainCheckpoint;
import dev.skelly.eventlog.CheckpointFile;
import dev.skelly.feature.LeaderTask;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;

/** Records the chain's head once a day, in UTC. A day without a leader, or before the first event, has no checkpoint. */
public final class DailyCheckpoint implements LeaderTask {

    private static final Duration LOOK = Duration.ofMinutes(1);

    private final Vertx vertx;
    private final CheckpointFile book;
    private final Clock clock;

    /** Writes to {@code book}. */
    public DailyCheckpoint(Vertx vertx, CheckpointFile book, Clock clock) {
        this.vertx = vertx;
        this.book = book;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "daily-seal";
    }

    @Override
    public Duration every() {
        return LOOK;
    }

    @Override
    public Future<Void> round(SqlClient sql) {
        var today = LocalDate.ofInstant(clock.instant(), clock.getZone());
        return vertx.executeBlocking(() -> book.has(today))
                .compose(has -> has ? Future.succeededFuture() : take(sql).mapEmpty());
    }

    /** Takes a checkpoint now; empty, and nothing written, while no event is sequenced yet. */
    public Future<Optional<ChainCheckpoint>> take(SqlClient sql) {
        return ChainCheckpoint.take(sql, clock.instant())
                .compose(taken -> vertx.executeBlocking(() -> {
                    taken.ifPresent(book::add);
                    return taken;
                }));
    }
}
