package dev.skelly.relay;

import dev.skelly.feature.ScheduledJob;
import dev.skelly.relay.ScheduledJobTable.JobClaim;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Runs a claimed due time of a job and records how it ended. */
final class JobRunner {

    private static final Logger LOGGER = LoggerFactory.getLogger(JobRunner.class);
    private static final Duration RETRY_FIRST = Duration.ofSeconds(5);
    private static final Duration RETRY_MAX = Duration.ofMinutes(5);
    private static final int DOUBLINGS_MAX = 6;
    private static final Duration RECORD_AGAIN = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final MeterRegistry meters;

    JobRunner(Vertx vertx, MeterRegistry meters) {
        this.vertx = vertx;
        this.meters = meters;
    }

    /** Reports a run whose claim expired: its process died, or could not record its end. */
    void lost(ScheduledJob job, Instant due) {
        count(job, "lost");
        LOGGER.atWarn()
                .addKeyValue("job", job.name())
                .addKeyValue("due", due)
                .log("a run of a scheduled job never ended, runs again");
    }

    private void count(ScheduledJob job, String outcome) {
        meters.counter("skelly.jobs.runs", "job", job.name(), "outcome", outcome)
                .increment();
    }

    /** Returns the pause before a due time that failed so many times before is tried again: 5 s, 10 s, … 5 min. */
    static Duration pause(int failures) {
        var pause = RETRY_FIRST.multipliedBy(1L << Math.min(failures, DOUBLINGS_MAX));
        return pause.compareTo(RETRY_MAX) < 0 ? pause : RETRY_MAX;
    }

    /** Starts the run. Its result is recorded when it ends. */
    void run(ScheduledJobTable table, ScheduledJob job, JobClaim claim) {
        var began = System.nanoTime();
        Future.<Void>succeededFuture()
                .compose(start -> Objects.requireNonNull(job.run().apply(claim.due()), "the job returned no future"))
                .timeout(job.atMost().toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(ended -> {
                    var end = began + ScheduledJobTable.claimed(job).toNanos();
                    if (ended.succeeded()) {
                        count(job, "done");
                        var next = job.schedule().next(claim.due());
                        record(claim, end, () -> table.complete(claim, next));
                    } else {
                        failed(job, claim, ended.cause());
                        record(claim, end, () -> table.fail(claim, pause(claim.failures())));
                    }
                });
    }

    private void failed(ScheduledJob job, JobClaim claim, Throwable cause) {
        count(job, "failed");
        LOGGER.atWarn()
                .setCause(cause)
                .addKeyValue("job", job.name())
                .addKeyValue("due", claim.due())
                .addKeyValue("failures", claim.failures() + 1)
                .addKeyValue("retry", pause(claim.failures()))
                .log("a scheduled job failed, will try again");
    }

    /* While the database does not respond, the result waits for as long as the claim keeps others away. */
    private void record(JobClaim claim, long endNanos, Supplier<Future<Boolean>> write) {
        Future.succeededFuture().compose(start -> write.get()).onComplete(written -> {
            if (written.succeeded()) {
                if (!written.result()) {
                    warn(claim, null).log("a run of a scheduled job ended after its claim, its result is ignored");
                }
            } else if (System.nanoTime() - endNanos < 0) {
                warn(claim, written.cause()).log("the end of a scheduled job cannot be recorded yet, will try again");
                vertx.setTimer(RECORD_AGAIN.toMillis(), fired -> record(claim, endNanos, write));
            } else {
                warn(claim, written.cause()).log("the end of a scheduled job cannot be recorded, it will run again");
            }
        });
    }

    private static LoggingEventBuilder warn(JobClaim claim, @Nullable Throwable cause) {
        return LOGGER.atWarn().setCause(cause).addKeyValue("job", claim.name()).addKeyValue("due", claim.due());
    }
}
