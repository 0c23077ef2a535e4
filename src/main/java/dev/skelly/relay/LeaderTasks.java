package dev.skelly.relay;

import dev.skelly.feature.LeaderTask;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The leader's duties, one round of each at a time, never waited for by the stamping. Confined to the relay's context. */
final class LeaderTasks {

    private static final Logger LOGGER = LoggerFactory.getLogger(LeaderTasks.class);

    private final List<Planned> all;
    private final SqlClient sql;

    LeaderTasks(List<LeaderTask> duties, SqlClient sql) {
        this.all = duties.stream().map(Planned::new).toList();
        this.sql = sql;
    }

    /** Begins those that are due. */
    void look() {
        var now = System.nanoTime();
        all.stream()
                .filter(planned -> !planned.underway && now - planned.dueNanos >= 0)
                .forEach(this::begin);
    }

    private void begin(Planned planned) {
        planned.underway = true;
        Future.succeededFuture(sql).compose(planned.duty::round).onComplete(ended -> {
            planned.underway = false;
            planned.dueNanos = System.nanoTime() + planned.duty.every().toNanos();
            if (ended.failed()) {
                LOGGER.atWarn()
                        .setCause(ended.cause())
                        .addKeyValue("duty", planned.duty.name())
                        .log("a round failed, will try again");
            }
        });
    }

    /** A duty and when it comes next. */
    private static final class Planned {

        private final LeaderTask duty;
        private long dueNanos = System.nanoTime();
        private boolean underway;

        Planned(LeaderTask duty) {
            this.duty = duty;
        }
    }
}
