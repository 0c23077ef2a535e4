package dev.skelly.features.projections;

import dev.skelly.event.CommandContext;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.LeaderTask;
import dev.skelly.feature.Platform;
import dev.skelly.feature.Problem;
import dev.skelly.feature.ProjectionKind;
import dev.skelly.feature.Replay;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies events to the asynchronous projections, and drives replays, each beside the others. Confined to the relay's context.
 *
 * <p>A round starts what is due and does not wait for it; each goes on for at most {@link #SLICE} and is started again by a later round, so that a
 * deposed leader ends soon.
 */
final class ProjectionTask implements LeaderTask {

    private static final Logger LOGGER = LoggerFactory.getLogger(ProjectionTask.class);
    private static final Duration EVERY = Duration.ofMillis(100);
    private static final Duration FAILURE_PAUSE = Duration.ofSeconds(1);
    private static final Duration SLICE = Duration.ofSeconds(1);
    private static final int BATCH = 5_000;

    private final DeclaredProjections declared;
    private final CommandBus commands;
    private final Vertx vertx;
    private final Supplier<UUID> ids;
    private final WorkerReplay workerReplay;
    private final ProjectionMetrics metrics;
    private final Set<String> underway = new HashSet<>();
    private final Map<String, Integer> limits =
            new HashMap<>(); // Smaller while an event is sought that cannot be applied.

    ProjectionTask(DeclaredProjections declared, Platform platform) {
        this.declared = declared;
        this.commands = platform.commands();
        this.vertx = platform.vertx();
        this.ids = platform.ids();
        this.workerReplay = new WorkerReplay(declared, platform);
        this.metrics = new ProjectionMetrics(platform.meters());
    }

    @Override
    public String name() {
        return "projections";
    }

    @Override
    public Duration every() {
        return EVERY;
    }

    @Override
    public Future<Void> round(SqlClient sql) {
        return commands.query(new FindProjectionWork()).map(work -> {
            var until = System.nanoTime() + SLICE.toNanos();
            work.projections().forEach(progress -> {
                var asynchronous = declared.find(progress.name())
                        .filter(projection -> projection.kind() == ProjectionKind.ASYNCHRONOUS)
                        .isPresent();
                if (asynchronous) {
                    metrics.update(progress);
                }
                if (asynchronous && progress.due() && progress.position() < progress.head()) {
                    begin(progress.name(), () -> advance(progress.name(), until));
                }
            });
            work.replays().forEach(replay -> begin(replay.id().toString(), () -> replay(replay, until)));
            return null;
        });
    }

    private void begin(String key, Supplier<Future<Void>> work) {
        if (underway.add(key)) {
            Future.succeededFuture().compose(start -> work.get()).onComplete(ended -> {
                if (ended.succeeded()) {
                    underway.remove(key);
                } else {
                    vertx.setTimer(FAILURE_PAUSE.toMillis(), over -> underway.remove(key));
                    LOGGER.atWarn()
                            .setCause(ended.cause())
                            .addKeyValue("what", key)
                            .log("a projection or replay did not go on, will try again");
                }
            });
        }
    }

    private CommandContext cause() {
        return CommandContext.fresh(ids.get());
    }

    private Future<Void> advance(String name, long untilNanos) {
        var limit = limits.getOrDefault(name, BATCH);
        return commands.send(new AdvanceProjection(name, limit), cause())
                .compose(
                        done -> {
                            limits.put(name, Math.min(BATCH, 2 * limit));
                            return done.result().more() && System.nanoTime() < untilNanos
                                    ? advance(name, untilNanos)
                                    : Future.succeededFuture();
                        },
                        failure -> narrow(name, limit, failure));
    }

    /* The event at fault is found by smaller and smaller steps, which apply the events before it. */
    private Future<Void> narrow(String name, int limit, Throwable failure) {
        if (!atFault(failure)) {
            return Future.failedFuture(failure);
        }
        if (limit > 1) {
            limits.put(name, limit / 2);
            return Future.succeededFuture();
        }
        LOGGER.atError()
                .setCause(failure)
                .addKeyValue("projection", name)
                .log("a projection cannot apply an event; it stops before it and is tried again");
        return commands.send(new HaltProjection(name, String.valueOf(failure.getMessage())), cause())
                .mapEmpty();
    }

    private static boolean atFault(Throwable failure) {
        return failure instanceof Problem problem
                && (problem.code().equals(RebuildTable.FAILED) || problem.kind() == Problem.Kind.NOT_FOUND);
    }

    private Future<Void> replay(Replay replay, long untilNanos) {
        var step = Future.succeededFuture()
                .compose(
                        start -> replay.scope().projection() ? rebuild(replay, untilNanos) : workerReplay.step(replay));
        return step.recover(failure -> atFault(failure)
                ? commands.send(
                                new TurnReplay(replay.id(), Replay.FAILED, String.valueOf(failure.getMessage())),
                                cause())
                        .mapEmpty()
                : Future.failedFuture(failure));
    }

    private Future<Void> rebuild(Replay replay, long untilNanos) {
        var began = System.nanoTime();
        return commands.send(new AdvanceReplay(replay.id(), batch(replay)), cause())
                .map(done -> done.result())
                .compose(done -> {
                    if (!done.more()) {
                        return commands.send(new FinishReplay(replay.id(), replay.checking()), cause())
                                .mapEmpty();
                    }
                    return pause(replay.scope().rate(), done.events(), began)
                            .compose(rested -> System.nanoTime() < untilNanos
                                    ? rebuild(replay, untilNanos)
                                    : Future.succeededFuture());
                });
    }

    private static int batch(Replay replay) {
        var rate = replay.scope().rate();
        return rate == 0 ? BATCH : Math.min(BATCH, rate);
    }

    private Future<?> pause(int rate, int events, long beganNanos) {
        var millis = WorkerReplay.pauseMillis(rate, events, System.nanoTime() - beganNanos);
        return millis == 0 ? Future.succeededFuture() : vertx.timer(millis, TimeUnit.MILLISECONDS);
    }
}
