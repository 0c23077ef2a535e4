package dev.skelly.features.events;

import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Problem;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Batches events that arrive while earlier ones are being appended. Two batches may be in flight while the next one gathers. Safe on any
 * context; each caller gets its own result.
 */
final class AppendBatcher {

    /* The next batch is written while the previous one waits for the disk. */
    private static final int UNDERWAY_MAX = 2;
    private static final int BATCH_CHARS_MAX = 1024 * 1024;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** The events of one request, which stay together. */
    private record WaitingAppend(
            List<ValidatedEvent> events,
            Promise<List<AppendEvents.Appended>> promise,
            @Nullable Context context) {

        int chars() {
            return events.stream().mapToInt(event -> event.data().length()).sum();
        }
    }

    private final CommandBus commands;
    private final int waitingMax;
    private final int batchMax;
    private final DistributionSummary sizes;
    private final Deque<WaitingAppend> waiting = new ArrayDeque<>(); // Guarded by this object, as are the rest.
    private int waitingEvents;
    private int underway;

    AppendBatcher(CommandBus commands, EventsConfig config, MeterRegistry meters) {
        this.commands = commands;
        this.waitingMax = config.waitingMax();
        this.batchMax = config.batchMax();
        this.sizes = DistributionSummary.builder("skelly.events.batch")
                .description("Emitted events appended in one commit")
                .register(meters);
    }

    /**
     * Appends the events of one request in their order. Completes after their commit.
     *
     * @param events without duplicate ids
     * @return one result per event; fails with 503 when the queue is full or the database is unavailable
     */
    Future<List<AppendEvents.Appended>> append(List<ValidatedEvent> events) {
        var request = new WaitingAppend(events, Promise.promise(), Vertx.currentContext());
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
            request.events().forEach(event -> ids.add(event.id()));
            batch.add(waiting.removeFirst());
            waitingEvents -= request.events().size();
        }
        underway += batch.isEmpty() ? 0 : 1;
        return batch;
    }

    private void send(List<WaitingAppend> batch) {
        var events =
                batch.stream().flatMap(request -> request.events().stream()).toList();
        sizes.record(events.size());
        append(batch, events).onComplete(ended -> {
            synchronized (this) {
                underway--;
            }
            pump();
        });
    }

    /* Each event carries its own cause. The command's cause is not used. */
    private Future<Void> append(List<WaitingAppend> batch, List<ValidatedEvent> events) {
        var cause = batch.get(0).events().get(0).cause();
        return commands.send(new AppendEvents(events), cause)
                .compose(done -> answer(batch, done.result()), failure -> refuse(batch, failure));
    }

    private Future<Void> answer(List<WaitingAppend> batch, AppendEvents.AppendedEvents answer) {
        var answers = answer.events().iterator();
        tell(batch, request -> {
            var own = new ArrayList<AppendEvents.Appended>();
            request.events().forEach(event -> own.add(answers.next()));
            return () -> request.promise().complete(own);
        });
        return Future.succeededFuture();
    }

    /* A batch may fail because of one event: then each request is tried alone. A general failure fails all of them at once. */
    private Future<Void> refuse(List<WaitingAppend> batch, Throwable failure) {
        var away = failure instanceof Problem problem && problem.kind() == Problem.Kind.UNAVAILABLE;
        if (away || batch.size() == 1) {
            tell(batch, request -> () -> request.promise().fail(failure));
            return Future.succeededFuture();
        }
        Future<Void> tried = Future.succeededFuture();
        for (var request : batch) {
            tried = tried.compose(done -> append(List.of(request), request.events()));
        }
        return tried;
    }

    /* Hops once to each context, regardless of the number of its requests. */
    private static void tell(List<WaitingAppend> batch, Function<WaitingAppend, Runnable> answering) {
        var byContext = new LinkedHashMap<@Nullable Context, List<Runnable>>();
        batch.forEach(request -> byContext
                .computeIfAbsent(request.context(), context -> new ArrayList<>())
                .add(answering.apply(request)));
        byContext.forEach((context, answers) -> {
            if (context == null) {
                answers.forEach(Runnable::run);
            } else {
                context.runOnContext(turn -> answers.forEach(Runnable::run));
            }
        });
    }
}
