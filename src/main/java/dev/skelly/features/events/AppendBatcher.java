package dev.skelly.features.events;

import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Problem;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Batches events that arrive while earlier ones are being appended. Two batches may be in flight while the next one gathers. Safe on any
 * context; each caller gets its own result.
 */
final class AppendBatcher {

    /* The next batch is written while the previous one waits for the disk. */
    private static final int UNDERWAY_MAX = 2;
    private static final int LOCKED_PART = 10;
    private static final int BATCH_CHARS_MAX = 1024 * 1024;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final CommandBus commands;
    private final int waitingMax;
    private final int batchMax;
    private final DistributionSummary sizes;
    private final LockedAppends locked;
    private final Deque<WaitingAppend> waiting = new ArrayDeque<>(); // Guarded by this object, as are the rest.
    private int waitingEvents;
    private int underway;

    /**
     * Creates a batcher without events.
     *
     * @param lockWait how long a request waits for a subject that another transaction holds
     * @param ids UUIDv7
     */
    AppendBatcher(
            Vertx vertx,
            CommandBus commands,
            EventsConfig config,
            Duration lockWait,
            Supplier<UUID> ids,
            MeterRegistry meters) {
        this.commands = commands;
        this.waitingMax = config.waitingMax();
        this.batchMax = config.batchMax();
        this.sizes = DistributionSummary.builder("skelly.events.batch")
                .description("Emitted events appended in one commit")
                .register(meters);
        // Those that wait for a lock have a part of the queue to themselves, so that they leave the rest to the others.
        var limits = new LockedAppends.LockedLimits(lockWait, Math.max(1, waitingMax / LOCKED_PART), batchMax);
        this.locked = new LockedAppends(vertx, commands, limits, ids, meters, this::write);
    }

    /**
     * Appends the events of one request in their order. Completes after their commit.
     *
     * @param events without duplicate ids
     * @return one result per event; fails with 503 when the queue is full, the database is unavailable, or another transaction holds one
     *     of the subjects for longer than a request waits
     */
    Future<List<AppendEvents.Appended>> append(List<ValidatedEvent> events) {
        var request = WaitingAppend.of(events);
        synchronized (this) {
            if (waitingEvents + events.size() > waitingMax) {
                return Future.failedFuture(Problem.unavailable("too many events wait to be appended", RETRY_AFTER));
            }
            waiting.addLast(request);
            waitingEvents += events.size();
        }
        pump();
        return request.promise().future();
    }

    private void pump() {
        for (var batch = next(); !batch.isEmpty(); batch = next()) {
            send(batch);
        }
    }

    private synchronized List<WaitingAppend> next() {
        var batch = new ArrayList<WaitingAppend>();
        if (underway == UNDERWAY_MAX) {
            return batch;
        }
        var ids = new HashSet<UUID>();
        var events = 0;
        var chars = 0;
        while (!waiting.isEmpty()) {
            var request = waiting.peekFirst();
            events += request.events().size();
            chars += request.chars();
            var twice = request.events().stream().map(ValidatedEvent::id).anyMatch(ids::contains);
            if (!batch.isEmpty() && (twice || events > batchMax || chars > BATCH_CHARS_MAX)) {
                break;
            }
            waiting.removeFirst();
            waitingEvents -= request.events().size();
            if (locked.takes(request)) {
                events -= request.events().size();
                chars -= request.chars();
                continue;
            }
            request.events().forEach(event -> ids.add(event.id()));
            batch.add(request);
        }
        underway += batch.isEmpty() ? 0 : 1;
        return batch;
    }

    private void send(List<WaitingAppend> batch) {
        sizes.record(WaitingAppend.events(batch).size());
        write(batch).onComplete(ended -> {
            synchronized (this) {
                underway--;
            }
            pump();
        });
    }

    /* Each event carries its own cause. The command's cause is not used. Never fails: each request is answered, or waits for a lock. */
    private Future<Void> write(List<WaitingAppend> batch) {
        var events = WaitingAppend.events(batch);
        var cause = events.get(0).cause();
        return commands.send(new AppendEvents(events), cause)
                .compose(done -> answer(batch, done.result()), failure -> refuse(batch, failure));
    }

    private Future<Void> answer(List<WaitingAppend> batch, AppendEvents.AppendedEvents answer) {
        var answers = answer.events().iterator();
        WaitingAppend.answer(batch, request -> {
            var own = new ArrayList<AppendEvents.Appended>();
            request.events().forEach(event -> own.add(answers.next()));
            return () -> request.promise().complete(own);
        });
        return Future.succeededFuture();
    }

    /*
     * A batch may fail because of one event: then each request is tried alone. Those that another transaction holds up are set aside, and the
     * others appended at once. A general failure fails all of them at once.
     */
    private Future<Void> refuse(List<WaitingAppend> batch, Throwable failure) {
        var away = failure instanceof Problem problem && problem.kind() == Problem.Kind.UNAVAILABLE;
        if (away && ((Problem) failure).code().equals(Problem.LOCKED)) {
            return locked.setAside(batch)
                    .recover(unknown -> {
                        WaitingAppend.fail(batch, unknown);
                        return Future.succeededFuture(List.of());
                    })
                    .compose(others -> others.size() == batch.size()
                            ? eachAlone(others)
                            : others.isEmpty() ? Future.succeededFuture() : write(others));
        }
        if (away || batch.size() == 1) {
            WaitingAppend.fail(batch, failure);
            return Future.succeededFuture();
        }
        return eachAlone(batch);
    }

    private Future<Void> eachAlone(List<WaitingAppend> batch) {
        Future<Void> tried = Future.succeededFuture();
        for (var request : batch) {
            tried = tried.compose(done -> locked.takes(request) ? Future.succeededFuture() : write(List.of(request)));
        }
        return tried;
    }
}
