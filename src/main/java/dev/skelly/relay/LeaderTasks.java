package dev.skelly.relay;

import dev.skelly.feature.LeaderTask;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the leader's tasks, one round of each at a time. Sequencing never waits for them. Confined to the relay's context. */
final class LeaderTasks {

    private static final Logger LOGGER = LoggerFactory.getLogger(LeaderTasks.class);

    private final List<Planned> all;
    private final SqlClient sql;

    LeaderTasks(List<LeaderTask> tasks, SqlClient sql) {
        this.all = tasks.stream().map(Planned::new).toList();
        this.sql = sql;
    }

    /** Starts the tasks that are due. */
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
                        .log("a leader task failed, will try again");
            }
        });
    }

    /** A task and the time of its next round. */
    private static final class Planned {

        private final LeaderTask duty;
        private long dueNanos = System.nanoTime();
        private boolean underway;

        Planned(LeaderTask duty) {
            this.duty = duty;
        }
    }
}
