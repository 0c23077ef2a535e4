package dev.skelly.privacy;

import dev.skelly.log.Emptying;
import dev.skelly.relay.Duty;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;

/** Empties events whose retention is over, a bounded stretch of the log a round. */
public final class RetentionSweep implements Duty {

    private static final int STEPS_MAX = 40; // Of one type, a round.

    private final Retentions retentions;
    private final Duration every;

    /** Sweeps as often as {@code config} says. */
    public RetentionSweep(Retentions retentions, PrivacyConfig config) {
        this.retentions = retentions;
        this.every = config.retentionSweep();
    }

    @Override
    public String name() {
        return "retention-sweep";
    }

    @Override
    public Duration every() {
        return every;
    }

    @Override
    public Future<Void> round(SqlClient sql) {
        var emptying = new Emptying(sql);
        Future<Void> swept = Future.succeededFuture();
        for (var due : retentions.due()) {
            swept = swept.compose(done -> sweep(emptying, due, STEPS_MAX));
        }
        return swept;
    }

    private static Future<Void> sweep(Emptying emptying, Retentions.Due due, int steps) {
        return emptying.step(due.type(), due.names(), due.keptFrom())
                .compose(more -> more && steps > 1 ? sweep(emptying, due, steps - 1) : Future.succeededFuture());
    }
}
