package dev.skelly.features.projections;

import dev.skelly.event.CommandContext;
import dev.skelly.event.EventType;
import dev.skelly.event.ReplayMark;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Platform;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Projection;
import dev.skelly.feature.ProjectionAdmin;
import dev.skelly.feature.ProjectionKind;
import dev.skelly.feature.ProjectionStatus;
import dev.skelly.feature.Replay;
import dev.skelly.feature.ReplayRequest;
import dev.skelly.feature.ReplayScope;
import dev.skelly.feature.Worker;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks what operators ask for, and sends the commands. */
final class ProjectionOperations implements ProjectionAdmin {

    private static final int WORKER_RATE = 100;

    private final DeclaredProjections declared;
    private final Platform platform;
    private final CommandBus commands;

    ProjectionOperations(DeclaredProjections declared, Platform platform) {
        this.declared = declared;
        this.platform = platform;
        this.commands = platform.commands();
    }

    @Override
    public Future<List<ProjectionStatus>> projections() {
        return commands.query(new FindProjectionWork())
                .map(work -> declared.all().stream()
                        .sorted(Comparator.comparing(Projection::name))
                        .map(projection -> status(projection, work))
                        .toList());
    }

    private static ProjectionStatus status(Projection projection, FindProjectionWork.ProjectionWork work) {
        var row = work.projections().stream()
                .filter(progress -> progress.name().equals(projection.name()))
                .findFirst()
                .orElse(null);
        var kind = projection.kind().text();
        if (row == null) {
            return new ProjectionStatus(projection.name(), kind, "running", false, 0, 0, 0, null);
        }
        var rebuilding = work.replays().stream()
                .anyMatch(replay -> replay.scope().projection()
                        && replay.scope().name().equals(projection.name())
                        && !replay.checking());
        var state = rebuilding ? "rebuilding" : row.paused() ? "paused" : row.error() == null ? "running" : "stopped";
        var asynchronous = projection.kind() == ProjectionKind.ASYNCHRONOUS;
        var position = asynchronous ? row.position() : row.head();
        return new ProjectionStatus(
                projection.name(),
                kind,
                state,
                row.version() != projection.version(),
                position,
                row.head() - position,
                asynchronous ? row.behindSeconds() : 0,
                row.error());
    }

    @Override
    public Future<Void> pause(String name, boolean paused, CommandContext cause) {
        return commands.send(new PauseProjection(name, paused), cause).mapEmpty();
    }

    @Override
    public Future<Replay> start(ReplayRequest request, boolean run, CommandContext cause) {
        return platform.log().head().compose(head -> {
            var scope = scope(request, head);
            var id = ReplayMark.of(platform.ids().get());
            return commands.send(new StartReplay(id, scope, run), cause).compose(started -> find(id));
        });
    }

    private ReplayScope scope(ReplayRequest request, long head) {
        var faults = new ArrayList<FieldError>();
        if ((request.worker() == null) == (request.projection() == null)) {
            faults.add(new FieldError("#", "target", "must name a worker or a projection, and not both"));
        }
        if (request.worker() != null && declared.worker(request.worker()).isEmpty()) {
            checkName(request.worker(), "#/worker", replayable(), faults);
        }
        checkName(request.projection(), "#/projection", names(declared.all(), Projection::name), faults);
        var from = request.from() == null ? 1 : request.from();
        var to = request.to() == null ? Math.max(head, 1) : request.to();
        if (from < 1 || from > Math.max(head, 1)) {
            faults.add(
                    new FieldError("#/from", "range", from + " (expected: a position of the log, 1 to " + head + ")"));
        }
        if (to < from || to > Math.max(head, 1)) {
            faults.add(new FieldError("#/to", "range", to + " (expected: a position from #/from to " + head + ")"));
        }
        var rate = request.rate();
        if (rate != null && (rate < 1 || rate > ReplayRequest.RATE_MAX)) {
            faults.add(new FieldError("#/rate", "range", rate + " (expected: 1 to " + ReplayRequest.RATE_MAX + ")"));
        }
        checkFilter(request, faults);
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
        return target(request, from, to);
    }

    private List<String> replayable() {
        return names(declared.workers().stream().filter(Worker::replayable).toList(), Worker::name);
    }

    private static <T> List<String> names(List<T> all, Function<T, String> name) {
        return all.stream().map(name).sorted().toList();
    }

    private static void checkName(@Nullable String name, String pointer, List<String> known, List<FieldError> faults) {
        if (name != null && !known.contains(name)) {
            faults.add(
                    new FieldError(pointer, "unknown", name + " (expected: one of " + String.join(", ", known) + ")"));
        }
    }

    private void checkFilter(ReplayRequest request, List<FieldError> faults) {
        var types = request.types();
        if (request.projection() != null
                && (request.from() != null || request.to() != null || types != null || request.subject() != null)) {
            faults.add(new FieldError(
                    "#/projection", "filter", "has no range and no filter: a projection follows from the whole log"));
        }
        if (types != null) {
            var known = platform.types().types().stream().map(EventType::name).collect(Collectors.toSet());
            types.stream()
                    .filter(type -> !known.contains(type))
                    .forEach(type -> faults.add(new FieldError("#/types", "unknown", type + " is no event type")));
        }
    }

    private ReplayScope target(ReplayRequest request, long from, long to) {
        var name = request.worker();
        if (name == null) {
            var projection = declared.named(Objects.requireNonNull(request.projection()));
            if (projection.kind() == ProjectionKind.LIVE) {
                throw Problem.conflict(
                        "not-replayable",
                        "projection " + projection.name() + " is live (expected: one that keeps rows)");
            }
            return new ReplayScope(ReplayScope.PROJECTION, projection.name(), from, to, null, null, rate(request, 0));
        }
        if (!declared.worker(name).orElseThrow().replayable()) {
            throw Problem.conflict(
                    "not-replayable",
                    "worker " + name + " may not repeat its effects (expected: one of "
                            + String.join(", ", replayable()) + ")");
        }
        return new ReplayScope(
                ReplayScope.WORKER, name, from, to, request.types(), request.subject(), rate(request, WORKER_RATE));
    }

    private static int rate(ReplayRequest request, int otherwise) {
        return request.rate() == null ? otherwise : request.rate();
    }

    @Override
    public Future<List<Replay>> replays(int limit) {
        return commands.query(new ListReplays(limit)).map(ListReplays.Replays::replays);
    }

    @Override
    public Future<Replay> find(UUID id) {
        return commands.query(new FindReplay(id));
    }

    @Override
    public Future<Replay> run(UUID id, CommandContext cause) {
        return turn(id, Replay.RUNNING, cause);
    }

    @Override
    public Future<Replay> cancel(UUID id, CommandContext cause) {
        return turn(id, Replay.CANCELLED, cause);
    }

    private Future<Replay> turn(UUID id, String state, CommandContext cause) {
        return commands.send(new TurnReplay(id, state, null), cause).compose(turned -> find(id));
    }
}
