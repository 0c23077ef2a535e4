package dev.skelly.relay;

import dev.skelly.feature.LeaderTask;
import dev.skelly.feature.Schedule;
import dev.skelly.feature.ScheduledJob;
import dev.skelly.relay.ScheduledJobTable.JobClaim;
import dev.skelly.relay.ScheduledJobTable.JobDue;
import dev.skelly.relay.ScheduledJobTable.JobState;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Starts the scheduled jobs when they are due, as {@link ScheduledJob} states. A round reads all rows with one query and never waits for a run.
 *
 * <p>A claim in the job's row, not leadership, keeps runs apart: a former leader's run goes on, and the new leader waits for its claim. Rows of
 * jobs that are gone are not read.
 */
public final class ScheduledJobs implements LeaderTask {

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration CHECK = Duration.ofMinutes(1);

    /*
     * A clock that was set back by less repeats no due time: the job waits until the clock gets there again. After more, the former
     * time was wrong, and the job would stand still for too long.
     */
    private static final Duration SET_BACK_MAX = Duration.ofHours(1);

    private final Map<String, ScheduledJob> jobs = new LinkedHashMap<>();
    private final Clock clock;
    private final JobRunner runner;
    private Instant checked = Instant.EPOCH; // Confined to the rounds, of which one runs at a time.

    /**
     * Creates the task.
     *
     * @param vertx for the timers of results that cannot be recorded at once
     * @param clock decides what is due
     * @throws IllegalArgumentException when two jobs have the same name
     */
    public ScheduledJobs(List<ScheduledJob> jobs, Vertx vertx, Clock clock, MeterRegistry meters) {
        for (var job : jobs) {
            if (this.jobs.put(job.name(), job) != null) {
                throw new IllegalArgumentException("job name: " + job.name() + " stands twice (expected: once)");
            }
        }
        this.clock = clock;
        this.runner = new JobRunner(vertx, meters);
    }

    @Override
    public String name() {
        return "scheduled-jobs";
    }

    @Override
    public Duration every() {
        return POLL;
    }

    @Override
    public Future<Void> round(SqlClient sql) {
        if (jobs.isEmpty()) {
            return Future.succeededFuture();
        }
        var table = new ScheduledJobTable(sql);
        return table.look(jobs.keySet()).compose(states -> act(table, states));
    }

    private Future<Void> act(ScheduledJobTable table, List<JobState> states) {
        var now = clock.instant();
        var check = Duration.between(checked, now).abs().compareTo(CHECK) >= 0;
        checked = check ? now : checked;
        Map<String, JobState> seen = states.stream().collect(Collectors.toMap(JobState::name, Function.identity()));
        var planned = new ArrayList<JobDue>();
        var starts = new ArrayList<JobDue>();
        for (var job : jobs.values()) {
            var state = seen.get(job.name());
            if (state == null) {
                planned.add(new JobDue(job, job.schedule().next(now), 0));
            } else if (!state.running(job) && state.due().isAfter(now)) {
                if (check && isTooFar(job, state, now)) {
                    planned.add(new JobDue(job, job.schedule().next(now), state.version()));
                }
            } else if (!state.running(job)) {
                var due = latest(job.schedule(), state.due(), now);
                if (!state.pausing() || due.isAfter(state.due())) {
                    starts.add(new JobDue(job, due, state.version()));
                }
            }
        }
        return table.plan(planned).compose(written -> table.start(starts)).map(claims -> {
            claims.forEach(claim -> begin(table, claim, seen));
            return null;
        });
    }

    private static boolean isTooFar(ScheduledJob job, JobState state, Instant now) {
        var schedule = job.schedule();
        return !schedule.toString().equals(state.schedule())
                || state.due().isAfter(schedule.next(now.plus(SET_BACK_MAX)));
    }

    /* The newest due time up to now, at least the known one. Halves the stretch: a minute's schedule may have been due a million times. */
    static Instant latest(Schedule schedule, Instant known, Instant now) {
        var latest = known;
        var end = now;
        while (!schedule.next(latest).isAfter(end)) {
            var middle = latest.plus(Duration.between(latest, end).dividedBy(2));
            var next = schedule.next(middle);
            if (next.isAfter(end)) {
                end = middle;
            } else {
                latest = next;
            }
        }
        return latest;
    }

    private void begin(ScheduledJobTable table, JobClaim claim, Map<String, JobState> seen) {
        var job = jobs.get(claim.name());
        var before = seen.get(claim.name());
        if (job == null || before == null) {
            return; // Only known jobs are claimed.
        }
        if (before.claimed()) {
            runner.lost(job, before.due());
        }
        runner.run(table, job, claim);
    }
}
