package dev.skelly.features.projections;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.event.CommandContext;
import dev.skelly.event.Event;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.EventPage;
import dev.skelly.eventlog.LogSource;
import dev.skelly.feature.Command;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.Platform;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Replay;
import dev.skelly.feature.ReplayScope;
import dev.skelly.feature.WorkResult;
import dev.skelly.feature.Worker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Hands events of the log to a worker again, one after another. A step is repeated when its node is killed before it is recorded: the worker may
 * repeat.
 */
final class WorkerReplay {

    private static final int PAGE = 100;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final DeclaredProjections declared;
    private final CommandBus commands;
    private final LogSource log;
    private final Supplier<EventTypeRegistry> types;
    private final JsonMapper json;
    private final Vertx vertx;
    private final Supplier<UUID> ids;

    WorkerReplay(DeclaredProjections declared, Platform platform) {
        this.declared = declared;
        this.commands = platform.commands();
        this.log = platform.log();
        this.types = platform.currentTypes();
        this.json = platform.json();
        this.vertx = platform.vertx();
        this.ids = platform.ids();
    }

    /** Returns how long to wait after events that took a time, for at most {@code rate} events per second; 0 for no limit. */
    static long pauseMillis(int rate, int events, long tookNanos) {
        return rate == 0
                ? 0
                : Math.max(0, events * TimeUnit.SECONDS.toMillis(1) / rate - TimeUnit.NANOSECONDS.toMillis(tookNanos));
    }

    /** Examines the next page. Fails with problem {@link RebuildTable#FAILED} if the worker is gone or fails. */
    Future<Void> step(Replay replay) {
        var scope = replay.scope();
        var worker = declared.worker(scope.name())
                .filter(Worker::replayable)
                .orElseThrow(() -> Problem.conflict(
                        RebuildTable.FAILED, "worker " + scope.name() + " is gone, or may not repeat any more"));
        var began = System.nanoTime();
        var limit = scope.rate() == 0 ? PAGE : Math.min(PAGE, scope.rate());
        return log.page(replay.position(), null, names(scope, worker), limit).compose(page -> {
            var report = new ReplayReport(json, replay.report());
            var events = page.events().stream()
                    .map(types.get()::present)
                    .filter(event -> concerns(scope, worker, event))
                    .toList();
            return each(replay, worker, events, report)
                    .compose(done -> record(replay, page, events.size(), report))
                    .compose(done -> rest(pauseMillis(scope.rate(), events.size(), System.nanoTime() - began)));
        });
    }

    private Future<Void> rest(long millis) {
        return millis == 0
                ? Future.succeededFuture()
                : vertx.timer(millis, TimeUnit.MILLISECONDS).mapEmpty();
    }

    /* The names under which events of the types were ever stored. */
    private @Nullable List<String> names(ReplayScope scope, Worker worker) {
        var chosen = scope.types();
        if (chosen == null && worker.types().contains(Worker.ALL)) {
            return null;
        }
        var registry = types.get();
        return (chosen == null ? worker.types() : chosen)
                .stream()
                        .flatMap(name -> registry.named(name)
                                .map(type -> Stream.concat(Stream.of(type.name()), type.formerly().stream()))
                                .orElseGet(() -> Stream.of(name)))
                        .toList();
    }

    private static boolean concerns(ReplayScope scope, Worker worker, StoredEvent event) {
        return event.position() <= scope.upTo()
                && worker.reactsTo(event.type())
                && (scope.subject() == null || event.subject().equals(scope.subject()));
    }

    private Future<Void> each(Replay replay, Worker worker, List<StoredEvent> events, ReplayReport report) {
        Future<Void> done = Future.succeededFuture();
        for (var event : events) {
            done = done.compose(former -> Future.succeededFuture(event)
                    .map(this::delivery)
                    .compose(worker::work)
                    .timeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .recover(failure -> Future.succeededFuture(WorkResult.reject(String.valueOf(failure))))
                    .compose(result -> result.match(
                            handled -> effect(replay, event, handled.commands(), report),
                            later -> refused(event, later.why(), report),
                            refused -> refused(event, refused.why(), report))));
        }
        return done;
    }

    private static Future<Void> refused(StoredEvent event, String why, ReplayReport report) {
        report.refused(event, why);
        return Future.succeededFuture();
    }

    private Future<Void> effect(Replay replay, StoredEvent event, List<Command<?>> effects, ReplayReport report) {
        report.handled(event, effects, replay.checking());
        if (replay.checking()) {
            return Future.succeededFuture();
        }
        var cause = new CommandContext(replay.id(), event.id(), event.actor(), null);
        Future<Void> sent = Future.succeededFuture();
        for (var command : effects) {
            sent = sent.compose(former -> send(event, command, cause, report));
        }
        return sent;
    }

    /* A temporary failure ends the step, which begins again; a refusal is an outcome. */
    private Future<Void> send(StoredEvent event, Command<?> command, CommandContext cause, ReplayReport report) {
        return commands.send(command, cause)
                .<Void>mapEmpty()
                .recover(failure -> failure instanceof Problem problem && problem.kind() != Problem.Kind.UNAVAILABLE
                        ? refused(event, String.valueOf(problem.getMessage()), report)
                        : Future.failedFuture(failure));
    }

    private Future<Void> record(Replay replay, EventPage page, int events, ReplayReport report) {
        var reached = Math.min(page.upTo(), replay.scope().upTo());
        var context = CommandContext.fresh(ids.get());
        return commands.send(new RecordReplay(replay.id(), replay.state(), reached, events, report.tree()), context)
                .compose(done -> reached < replay.scope().upTo()
                        ? Future.succeededFuture()
                        : commands.send(
                                new TurnReplay(replay.id(), replay.checking() ? Replay.CHECKED : Replay.DONE, null),
                                CommandContext.fresh(ids.get())))
                .mapEmpty();
    }

    private EventDelivery delivery(StoredEvent event) {
        return new EventDelivery(
                event.id(), event.type(), event.subject(), event.time(), 1, read(event), event.data(), event.actor());
    }

    private @Nullable Event read(StoredEvent event) {
        var shape = types.get().named(event.type()).map(type -> type.shape()).orElse(null);
        try {
            return shape == null ? null : json.readValue(event.data(), shape);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("data of " + event.type() + " cannot be read", e);
        }
    }
}
