package dev.skelly.features.projections;

import dev.skelly.eventlog.Tx;
import dev.skelly.feature.AuditEntry;
import dev.skelly.feature.AuditLog;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Replay;
import dev.skelly.feature.ReplayScope;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Executes the commands that begin and end replays. */
final class ReplayCommandHandlers {

    private static final List<String> OPEN = List.of(Replay.CHECKING, Replay.CHECKED, Replay.RUNNING);

    private final ReplayTable table;
    private final RebuildTable copies;
    private final AuditLog audit;

    ReplayCommandHandlers(ReplayTable table, RebuildTable copies, AuditLog audit) {
        this.table = table;
        this.copies = copies;
        this.audit = audit;
    }

    Future<Void> start(Tx tx, StartReplay command) {
        var state = command.run() ? Replay.RUNNING : Replay.CHECKING;
        return table.insert(tx.sql(), command.id(), command.scope(), state)
                .compose(stored -> stored
                        ? note(tx, command.scope(), "system.replay-" + (command.run() ? "run" : "checked"))
                        : Future.failedFuture(busy(command.scope())));
    }

    private Future<Void> note(Tx tx, ReplayScope scope, String act) {
        return audit.note(
                tx,
                AuditEntry.on(scope.target() + ":" + scope.name(), act)
                        .changing(Map.of(), Map.of("from", scope.from(), "upTo", scope.upTo(), "rate", scope.rate())));
    }

    private static Problem busy(ReplayScope scope) {
        return Problem.conflict(
                "replay-busy",
                "another replay to " + scope.target() + " " + scope.name() + " goes on (expected: one at a time)");
    }

    Future<Void> turn(Tx tx, TurnReplay command) {
        return find(tx.sql(), command.id()).compose(replay -> {
            var running = command.state().equals(Replay.RUNNING);
            var from =
                    running ? List.of(Replay.CHECKED) : command.state().equals(Replay.CANCELLED) ? OPEN : Replay.ACTIVE;
            return (running ? table.otherActive(tx.sql(), command.id()) : Future.succeededFuture(false))
                    .compose(other -> other
                            ? Future.failedFuture(busy(replay.scope()))
                            : table.turn(tx.sql(), command.id(), command.state(), command.error(), from))
                    .compose(turned ->
                            turned ? turned(tx, replay, command.state()) : Future.failedFuture(wrong(replay, from)));
        });
    }

    private Future<Void> turned(Tx tx, Replay replay, String state) {
        if (state.equals(Replay.RUNNING)) {
            return note(tx, replay.scope(), "system.replay-run");
        }
        return copies.drop(tx.sql(), RebuildTable.schema(replay.id()))
                .compose(dropped -> state.equals(Replay.CANCELLED)
                        ? note(tx, replay.scope(), "system.replay-cancelled")
                        : Future.succeededFuture());
    }

    private static Problem wrong(Replay replay, List<String> expected) {
        return Problem.conflict(
                "wrong-state", "the replay is " + replay.state() + " (expected: " + String.join(", ", expected) + ")");
    }

    Future<Replay> find(SqlClient sql, UUID id) {
        return table.find(sql, id).map(found -> found.orElseThrow(() -> Problem.notFound("no such replay")));
    }

    Future<Void> record(Tx tx, RecordReplay command) {
        return table.progress(tx.sql(), command)
                .compose(stored -> stored
                        ? Future.succeededFuture()
                        : Future.failedFuture(
                                Problem.conflict("wrong-state", "the replay is not " + command.state() + " any more")));
    }
}
