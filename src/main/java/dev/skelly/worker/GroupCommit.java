package dev.skelly.worker;

import dev.skelly.command.CommandExecutor;
import dev.skelly.event.CommandContext;
import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.Tx;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The transactions of groups. Each future fails when nothing was changed, or when it is unknown whether it was. */
final class GroupCommit {

    /** Thrown when another node took the events of a claimed group over. */
    static final class GroupTakenOver extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private GroupTakenOver() {
            super("another node took the group over", null, false, false);
        }
    }

    /**
     * What a transaction did.
     *
     * @param done events that had their effect now
     * @param held events whose first attempt is recorded as running on this node
     */
    record Committed(Set<UUID> done, Set<UUID> held) {}

    private static final Set<String> TRANSIENT =
            Set.of("40001", "40P01"); // PostgreSQL, appendix A: serialisation, deadlock

    /* Then the group dissolves, and only the event whose row is held waits longer. */
    private static final Duration LOCK_WAIT = Duration.ofMillis(500);

    private final CommandExecutor runner;
    private final WorkTables tables;
    private final EmitterNotifications outcomes;
    private Runnable released = () -> {}; // Confined to the engine's context.

    GroupCommit(CommandExecutor runner, WorkTables tables, EmitterNotifications outcomes) {
        this.runner = runner;
        this.tables = tables;
        this.outcomes = outcomes;
    }

    /** Calls {@code listener} when blocked events may have become due. */
    void onRelease(Runnable listener) {
        released = listener;
    }

    /**
     * What a claim found.
     *
     * @param unclaimed events that the database knows, or that are not in the log
     * @param blocked events that are recorded as blocked
     */
    record Claimed(List<DeliveryGroup.Member> unclaimed, List<DeliveryGroup.Member> blocked) {}

    /**
     * Claims those events of the group that nothing is known of, and reduces the group to them. Records the events of an ordered worker that
     * have to wait for others as blocked.
     */
    Future<Claimed> claim(DeliveryGroup group) {
        var worker = group.worker().name();
        return transact(
                        group,
                        tx -> GroupTable.lock(tx.sql(), worker)
                                .compose(locked -> GroupTable.end(
                                        tx.sql(), group.id())) // Of a claim whose commit was not confirmed.
                                .compose(ended -> GroupTable.fresh(tx.sql(), worker, group.events()))
                                .compose(fresh -> unblocked(tx, group, fresh)
                                        .compose(free -> tables.groups()
                                                .claim(tx.sql(), group.id(), worker, free)
                                                .map(done -> new Found(fresh, free)))))
                // After the commit: when that fails, the next claim is of the whole group again.
                .map(found -> reduce(group, found.fresh(), found.free()));
    }

    /* Events that nothing was known of, and those of them that may run. */
    private record Found(Set<UUID> fresh, Set<UUID> free) {}

    private static Claimed reduce(DeliveryGroup group, Set<UUID> fresh, Set<UUID> free) {
        var claimed = new Claimed(new ArrayList<>(), new ArrayList<>());
        var left = new ArrayList<DeliveryGroup.Member>();
        for (var member : group.members()) {
            var id = member.event().id();
            var list = free.contains(id) ? left : fresh.contains(id) ? claimed.blocked() : claimed.unclaimed();
            list.add(member);
        }
        group.reduce(left);
        return claimed;
    }

    /* Returns the events that may run; records the others. */
    private Future<Set<UUID>> unblocked(Tx tx, DeliveryGroup group, Set<UUID> fresh) {
        if (!group.worker().ordered() || fresh.isEmpty()) {
            return Future.succeededFuture(fresh);
        }
        var candidates = group.events().stream()
                .filter(event -> fresh.contains(event.id()))
                .toList();
        return GroupTable.blocked(tx.sql(), group.worker(), candidates).compose(blocked -> {
            var free = candidates.stream().collect(Collectors.toMap(StoredEvent::position, StoredEvent::id));
            for (var event :
                    candidates) { // In the order of positions, so that an event follows those that it waits for.
                var former = blocked.get(event.id());
                if (former != null && !free.containsKey(former)) {
                    free.remove(event.position());
                }
            }
            var ids = Set.copyOf(free.values());
            var held = candidates.stream()
                    .filter(event -> !ids.contains(event.id()))
                    .map(event -> new HeldWorkTable.HeldEvent(event, true))
                    .toList();
            return tables.held().hold(tx.sql(), group.worker().name(), held).map(ids);
        });
    }

    /** Commits the effects of the events that are done, and records the others as running or blocked. */
    Future<Committed> commit(DeliveryGroup group) {
        return transact(group, tx -> begin(tx, group).compose(begun -> effects(tx, group)))
                .onSuccess(committed -> {
                    if (group.worker().ordered()) {
                        released.run();
                    }
                });
    }

    private Future<Void> begin(Tx tx, DeliveryGroup group) {
        if (!group.claimed()) {
            return Future.succeededFuture();
        }
        var locked = group.worker().ordered()
                ? GroupTable.lock(tx.sql(), group.worker().name())
                : Future.<Void>succeededFuture();
        return locked.compose(lock -> GroupTable.end(tx.sql(), group.id()))
                .compose(mine -> mine ? Future.succeededFuture() : Future.failedFuture(new GroupTakenOver()));
    }

    private Future<Committed> effects(Tx tx, DeliveryGroup group) {
        var worker = group.worker();
        var done = group.members().stream()
                .filter(member -> member.done() != null)
                .map(DeliveryGroup.Member::event)
                .toList();
        return DoneTable.record(tx.sql(), worker.name(), done)
                .compose(fresh -> runner.runAll(tx, commands(group, fresh))
                        .compose(carriedOut -> outcomes.done(tx, chosen(done, fresh), worker.name()))
                        .compose(told -> tables.held().hold(tx.sql(), worker.name(), rest(group)))
                        .compose(held -> worker.ordered()
                                ? HeldWorkTable.release(tx.sql(), worker, subjects(done))
                                        .map(new Committed(fresh, held))
                                : Future.succeededFuture(new Committed(fresh, held))));
    }

    private static List<CommandExecutor.CausedCommand> commands(DeliveryGroup group, Set<UUID> fresh) {
        var commands = new ArrayList<CommandExecutor.CausedCommand>();
        for (var member : group.members()) {
            var done = member.done();
            if (done != null
                    && !done.commands().isEmpty()
                    && fresh.contains(member.event().id())) {
                var cause = CommandContext.of(member.event());
                done.commands().forEach(command -> commands.add(new CommandExecutor.CausedCommand(command, cause)));
            }
        }
        return commands;
    }

    private static List<StoredEvent> chosen(List<StoredEvent> events, Set<UUID> ids) {
        return events.stream().filter(event -> ids.contains(event.id())).toList();
    }

    private static List<String> subjects(List<StoredEvent> events) {
        return events.stream().map(StoredEvent::subject).distinct().toList();
    }

    private static List<HeldWorkTable.HeldEvent> rest(DeliveryGroup group) {
        return group.members().stream()
                .filter(member -> member.done() == null)
                .map(member -> new HeldWorkTable.HeldEvent(member.event(), member.blocked()))
                .toList();
    }

    /** Gives a group up whose transaction failed: records every event as running, or as blocked behind one that is. */
    Future<Committed> dissolve(DeliveryGroup group) {
        var held = new ArrayList<HeldWorkTable.HeldEvent>();
        var subjects = new HashSet<String>();
        for (var member : group.members()) {
            var follows =
                    group.worker().ordered() && !subjects.add(member.event().subject());
            held.add(new HeldWorkTable.HeldEvent(member.event(), member.blocked() || follows));
        }
        return transact(
                group,
                tx -> begin(tx, group)
                        .compose(begun ->
                                tables.held().hold(tx.sql(), group.worker().name(), held))
                        .map(running -> new Committed(Set.of(), running)));
    }

    /** Returns whether a transaction that failed so may succeed when it is repeated. */
    static boolean isTransient(Throwable failure) {
        return failure instanceof PgException refused && TRANSIENT.contains(refused.getSqlState());
    }

    private <T> Future<T> transact(DeliveryGroup group, Function<Tx, Future<T>> block) {
        return runner.log()
                .transact(
                        CommandContext.fresh(group.id()),
                        tx -> tx.limitLockWait(LOCK_WAIT).compose(limited -> block.apply(tx)))
                .timeout(CompletionHandler.DATABASE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .map(committed -> committed.value());
    }
}
