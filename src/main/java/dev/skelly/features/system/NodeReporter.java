package dev.skelly.features.system;

import dev.skelly.event.CommandContext;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.NodeEnvironment;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the parts of its node every second, and reports figures, changes and errors at each interval; a change at once. What cannot be reported,
 * because the database is away, is reported afterwards. One report is under way at a time.
 */
final class NodeReporter implements Deployable {

    private static final Logger LOGGER = LoggerFactory.getLogger(NodeReporter.class);
    private static final long CHECK_MILLIS = 1_000;
    private static final long REPORT_MILLIS_MAX = 5_000;
    private static final int CHANGES_MAX = 50;

    private final NodeEnvironment environment;
    private final CommandBus commands;
    private final SystemConfig config;
    private final Supplier<Future<Map<String, Boolean>>> checks;
    private final Supplier<List<SystemEvent.LoggedError>> newErrors;
    private final NodeFigureReader figures;
    private final HealthChanges health;

    // Confined to the deployment's context.
    private final Deque<SystemEvent.HealthChanged> unreported = new ArrayDeque<>();
    private List<SystemEvent.LoggedError> errors = List.of();
    private long others;
    private long reportedAt = System.nanoTime();
    private boolean failing;
    private boolean stopped;

    NodeReporter(
            NodeEnvironment environment,
            CommandBus commands,
            SystemConfig config,
            Supplier<Future<Map<String, Boolean>>> checks,
            Supplier<List<SystemEvent.LoggedError>> errors) {
        this.environment = environment;
        this.commands = commands;
        this.config = config;
        this.checks = checks;
        this.newErrors = errors;
        this.figures = new NodeFigureReader(environment.node(), environment.meters());
        this.health = new HealthChanges(environment.node());
    }

    @Override
    public Future<?> deploy(Context context) {
        next(context);
        return Future.succeededFuture();
    }

    /* A node that stops in order is not silent. If it cannot say so, it counts as silent later. */
    @Override
    public Future<?> undeploy(Context context) {
        stopped = true;
        return Future.succeededFuture(new ForgetNode(environment.node()))
                .compose(forget -> commands.send(forget, cause()))
                .timeout(CHECK_MILLIS, TimeUnit.MILLISECONDS)
                .otherwiseEmpty();
    }

    private void next(Context context) {
        if (!stopped) {
            context.owner().setTimer(CHECK_MILLIS, tick -> round().onComplete(done -> next(context)));
        }
    }

    private Future<Void> round() {
        return config.health()
                ? checks.get()
                        .map(up -> health.of(up, environment.clock().instant()))
                        .compose(this::changed)
                        .otherwiseEmpty()
                : changed(List.of());
    }

    private Future<Void> changed(List<SystemEvent.HealthChanged> changes) {
        changes.forEach(change -> {
            unreported.add(change);
            if (unreported.size() > CHANGES_MAX) {
                unreported.remove();
            }
        });
        var due = System.nanoTime() - reportedAt >= config.interval().toNanos();
        return due || !changes.isEmpty() ? report() : Future.succeededFuture();
    }

    private Future<Void> report() {
        if (stopped) {
            return Future.succeededFuture();
        }
        var elapsed = Duration.ofNanos(System.nanoTime() - reportedAt);
        reportedAt = System.nanoTime();
        takeErrors();
        var report = new ReportNode(figures.read(elapsed), new ArrayList<>(unreported), errors, others);
        return Future.succeededFuture(report)
                .compose(command -> commands.send(command, cause()))
                .timeout(REPORT_MILLIS_MAX, TimeUnit.MILLISECONDS)
                .<Void>map(done -> reported())
                .recover(this::failed);
    }

    /* Errors of a report that failed are reported first; the node counts the newer ones meanwhile. */
    private void takeErrors() {
        if (!config.errors() || !errors.isEmpty()) {
            return;
        }
        var all = newErrors.get();
        errors = all.stream().limit(config.errorsMax()).toList();
        others = all.stream()
                .skip(config.errorsMax())
                .mapToLong(SystemEvent.LoggedError::count)
                .sum();
    }

    private Void reported() {
        unreported.clear();
        errors = List.of();
        others = 0;
        failing = false;
        return null;
    }

    private Future<Void> failed(Throwable failure) {
        if (!failing && !stopped) {
            failing = true;
            LOGGER.atInfo().setCause(failure).log("the node's figures cannot be reported now");
        }
        return Future.succeededFuture();
    }

    private CommandContext cause() {
        return CommandContext.fresh(environment.ids().get());
    }
}
