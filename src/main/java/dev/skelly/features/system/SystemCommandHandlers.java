package dev.skelly.features.system;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.eventlog.Tx;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Handles the commands of the system. */
final class SystemCommandHandlers {

    private static final double MILLIS_A_SECOND = 1_000;

    private final SystemTable table;

    SystemCommandHandlers(JsonMapper json) {
        this.table = new SystemTable(json);
    }

    Future<Void> report(Tx tx, ReportNode command) {
        var done = table.put(tx.sql(), command.figures());
        for (var change : command.changes()) {
            done = done.compose(before -> tx.append(change));
        }
        return command.errors().isEmpty() && command.others() == 0
                ? done
                : done.compose(before -> tx.append(
                        new SystemEvent.ErrorsLogged(command.figures().node(), command.errors(), command.others())));
    }

    static Future<Void> forget(Tx tx, ForgetNode command) {
        return SystemTable.forget(tx.sql(), command.node());
    }

    /* The row is locked, so that two leaders around a change do not measure the same interval twice. */
    Future<Void> measure(Tx tx, MeasureSystem command) {
        return SystemTable.lock(tx.sql())
                .compose(last -> silent(tx, command)
                        .compose(done -> command.metrics() ? measure(tx, last) : Future.succeededFuture()));
    }

    private static Future<Void> silent(Tx tx, MeasureSystem command) {
        return SystemTable.takeSilent(tx.sql(), command.silentMillis()).compose(silent -> {
            Future<Void> done = Future.succeededFuture();
            for (var node : command.health() ? silent : List.<SystemTable.SilentNode>of()) {
                done = done.compose(
                        before -> tx.append(new SystemEvent.HealthChanged(node.node(), "node", false, node.seenAt())));
            }
            return done;
        });
    }

    private Future<Void> measure(Tx tx, SystemTable.LastMeasured last) {
        return SystemTable.levels(tx.sql())
                .compose(levels -> table.nodes(tx.sql()).compose(nodes -> {
                    var measured = measured(last, levels, nodes);
                    var shown = shown(measured);
                    var idle = measured.eventsPerSecond() == 0 && shown.equals(last.shown());
                    return SystemTable.measured(tx.sql(), levels, idle ? null : shown)
                            .compose(done -> idle ? Future.succeededFuture() : tx.append(measured));
                }));
    }

    private static SystemEvent.Measured measured(
            SystemTable.LastMeasured last, SystemTable.Levels levels, List<SystemEvent.NodeFigures> nodes) {
        var seconds = Math.max(1, Duration.between(last.at(), levels.now()).toMillis()) / MILLIS_A_SECOND;
        var events = Math.max(0, levels.head() - last.head() - (last.own() ? 1 : 0));
        return new SystemEvent.Measured(
                seconds,
                events / seconds,
                nodes.stream()
                        .mapToDouble(SystemEvent.NodeFigures::deliveredPerSecond)
                        .sum(),
                nodes.stream().mapToInt(SystemEvent.NodeFigures::streams).sum(),
                lag(nodes),
                levels.pending(),
                levels.dead(),
                nodes);
    }

    private static @Nullable Long lag(List<SystemEvent.NodeFigures> nodes) {
        return nodes.stream()
                .map(SystemEvent.NodeFigures::relayLagMillis)
                .filter(Objects::nonNull)
                .max(Long::compare)
                .orElse(null);
    }

    /* What an administrator would miss if it changed without an event. */
    private static String shown(SystemEvent.Measured measured) {
        return measured.streams() + " " + measured.workPending() + " " + measured.deadLetters() + " "
                + measured.nodes().stream().map(SystemEvent.NodeFigures::node).toList();
    }
}
