package dev.skelly.worker;

import dev.skelly.event.StoredEvent;
import dev.skelly.feature.Worker;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs groups of events: claim (where needed), work, one transaction for all effects. What does not fit into that transaction ends by the path
 * of single events. Confined to the engine's context.
 *
 * <p>Invariant: a message is settled only when the database has the outcome of its event, or a record that makes a node see to it.
 */
final class GroupExecutor {

    private static final Logger LOGGER = LoggerFactory.getLogger(GroupExecutor.class);

    private final WorkExecutor singles;
    private final GroupWork work;
    private final GroupCommit commit;
    private final DatabaseCircuitBreaker gate;
    private final Supplier<UUID> ids;
    private final WorkerMetrics metrics;
    private final Set<UUID> claims = new HashSet<>(); // Confined to the engine's context, like the field below.
    private boolean claimAll = true; // Until the database has this process.

    GroupExecutor(
            WorkExecutor singles,
            GroupWork work,
            GroupCommit commit,
            DatabaseCircuitBreaker gate,
            Supplier<UUID> ids,
            WorkerMetrics metrics) {
        this.singles = singles;
        this.work = work;
        this.commit = commit;
        this.gate = gate;
        this.ids = ids;
        this.metrics = metrics;
    }

    /** Decides whether groups are claimed that need no claim as long as no process is killed. */
    void claimAll(boolean all) {
        claimAll = all;
    }

    /** Returns the claims of this node. */
    Set<UUID> claims() {
        return Set.copyOf(claims);
    }

    /** Returns the end of an event's run on this node; null when it does not run here. */
    @Nullable
    Future<Void> underway(Worker worker, StoredEvent event) {
        return singles.underway(worker, event.id());
    }

    /** Records that an event runs on this node from now on. */
    void enter(Worker worker, StoredEvent event, Future<Void> stored) {
        singles.enter(worker, event.id(), 0, stored);
    }

    /** Records that an event does not run on this node any more. */
    void leave(Worker worker, StoredEvent event) {
        singles.leave(worker, event.id());
    }

    /** Runs the events. Completes when the next group may run; the end of each message's work is its own. */
    Future<Void> run(Worker worker, List<DeliveryGroup.Queued> queued, WorkSlots slots) {
        // An event that comes again, or after a process was killed, may end this one: it needs a record before its
        // work.
        var claimed = claimAll
                || !worker.commandsOnly()
                || worker.ordered()
                || queued.stream().anyMatch(DeliveryGroup.Queued::redelivered);
        var group = new DeliveryGroup(ids.get(), worker, claimed, queued);
        var all = group.members();
        return persist(() -> claim(group))
                .compose(ready -> group.members().isEmpty()
                        ? Future.<Void>succeededFuture()
                        : work.run(group, slots).compose(ended -> finish(group, slots, true)))
                .onFailure(stopping -> all.forEach(member -> giveBack(worker, member, stopping)))
                .onComplete(ended -> claims.remove(group.id()))
                .otherwiseEmpty();
    }

    private void giveBack(Worker worker, DeliveryGroup.Member member, Throwable stopping) {
        if (member.stored().tryFail(stopping)) {
            leave(worker, member.event());
        }
    }

    /* Repeats a transaction until the database has answered; fails only when this part stops. */
    private <T> Future<T> persist(Supplier<Future<T>> transaction) {
        return gate.opened()
                .compose(open -> transaction.get().recover(failure -> {
                    if (failure instanceof GroupCommit.GroupTakenOver) {
                        return Future.failedFuture(failure);
                    }
                    gate.close(failure);
                    return persist(transaction);
                }));
    }

    private Future<Void> claim(DeliveryGroup group) {
        if (!group.claimed()) {
            return Future.succeededFuture();
        }
        return commit.claim(group)
                .onSuccess(claimed -> {
                    claims.add(group.id());
                    claimed.blocked().forEach(member -> settled(group, member));
                    claimed.unclaimed().forEach(member -> alone(group, member));
                })
                .mapEmpty();
    }

    private Future<Void> finish(DeliveryGroup group, WorkSlots slots, boolean again) {
        return gate.opened()
                .compose(open -> commit.commit(group))
                .compose(committed -> committed(group, committed, slots), failure -> {
                    if (failure instanceof GroupCommit.GroupTakenOver) {
                        return takenOver(group);
                    }
                    if (again && GroupCommit.isTransient(failure)) {
                        return finish(group, slots, false);
                    }
                    metrics.group(group.worker().name(), "failed");
                    LOGGER.atDebug()
                            .addKeyValue("worker", group.worker().name())
                            .addKeyValue("events", group.members().size())
                            .setCause(failure)
                            .log("a group failed; its events end one by one");
                    return dissolve(group, slots);
                });
    }

    private Future<Void> dissolve(DeliveryGroup group, WorkSlots slots) {
        return persist(() -> commit.dissolve(group))
                .compose(
                        committed -> {
                            group.members().forEach(member -> after(group, member, committed, slots));
                            return Future.succeededFuture();
                        },
                        failure -> failure instanceof GroupCommit.GroupTakenOver
                                ? takenOver(group)
                                : Future.failedFuture(failure));
    }

    private Future<Void> committed(DeliveryGroup group, GroupCommit.Committed committed, WorkSlots slots) {
        metrics.group(group.worker().name(), "committed");
        metrics.ended(group.worker().name(), "done", committed.done().size());
        group.members().forEach(member -> after(group, member, committed, slots));
        return Future.succeededFuture();
    }

    /* Another node has recorded an attempt of each event as abandoned. */
    private Future<Void> takenOver(DeliveryGroup group) {
        metrics.group(group.worker().name(), "superseded");
        metrics.ended(group.worker().name(), "superseded", group.members().size());
        group.members().forEach(member -> settled(group, member));
        return Future.succeededFuture();
    }

    private void after(
            DeliveryGroup group, DeliveryGroup.Member member, GroupCommit.Committed committed, WorkSlots slots) {
        var id = member.event().id();
        if (committed.held().contains(id)) {
            singles.enter(group.worker(), id, 1, Future.succeededFuture());
            member.stored().tryComplete();
            work.conclude(group.worker(), member, slots)
                    .recover(failure -> singles.pause(group.worker(), member.event(), failure))
                    .onComplete(ended -> leave(group.worker(), member.event()));
        } else if (committed.done().contains(id) || member.blocked()) {
            settled(group, member);
        } else {
            alone(group, member);
        }
    }

    private void settled(DeliveryGroup group, DeliveryGroup.Member member) {
        leave(group.worker(), member.event());
        member.stored().tryComplete();
    }

    /* The database knows the event, or it is not in the log at its position: the path of single events finds out. */
    private void alone(DeliveryGroup group, DeliveryGroup.Member member) {
        singles.begin(group.worker(), member.event())
                .onComplete(ended -> leave(group.worker(), member.event()))
                .onComplete(member.stored());
    }
}
