package dev.skelly.worker;

import dev.skelly.feature.BatchWorker;
import dev.skelly.feature.Worker;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;

/** Calls the workers for the events of groups. Confined to the engine's context. */
final class GroupWork {

    /** Thrown when a call for many events says nothing of single ones. */
    private static final class BatchFailed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private BatchFailed(Throwable cause) {
            super("the call for all events failed", cause, false, false);
        }
    }

    /* An event whose work takes longer leaves its group, which the others do not have to wait for. */
    private static final long PATIENCE_MILLIS = 1_000;

    private final Vertx vertx;
    private final WorkExecutor singles;
    private final CompletionHandler conclusion;

    GroupWork(Vertx vertx, WorkExecutor singles, CompletionHandler conclusion) {
        this.vertx = vertx;
        this.singles = singles;
        this.conclusion = conclusion;
    }

    /** Starts the work on all events of the group that may run. Completes when each has ended, or takes long; never fails. */
    Future<Void> run(DeliveryGroup group, WorkSlots slots) {
        Future<?> ended = group.worker() instanceof BatchWorker batch
                ? together(batch, group, slots)
                : Future.join(each(group, slots));
        return ended.transform(any -> {
            group.close();
            return Future.succeededFuture();
        });
    }

    private Future<Void> together(BatchWorker batch, DeliveryGroup group, WorkSlots slots) {
        var left = Promise.<Void>promise();
        slots.run(() -> {
                    var all = singles.workAll(batch, group.events())
                            .recover(failure -> Future.failedFuture(new BatchFailed(failure)));
                    var members = group.members();
                    for (var i = 0; i < members.size(); i++) {
                        var index = i;
                        members.get(i).started(all.map(results -> results.get(index)));
                    }
                    patiently(all, left);
                    return all;
                })
                .onComplete(ended -> left.tryComplete());
        return left.future();
    }

    /* The events of a subject of an ordered worker run one after another, as long as they are done. */
    private List<Future<Void>> each(DeliveryGroup group, WorkSlots slots) {
        var former = new HashMap<String, Future<Void>>();
        var stopped = new HashMap<String, DeliveryGroup.Member>();
        return group.members().stream()
                .map(member -> {
                    var subject = member.event().subject();
                    if (!group.worker().ordered()) {
                        return start(group.worker(), member, slots);
                    }
                    var ended = former.getOrDefault(subject, Future.succeededFuture())
                            .compose(next -> {
                                if (stopped.containsKey(subject)) {
                                    return Future.<Void>succeededFuture();
                                }
                                return start(group.worker(), member, slots).onComplete(left -> {
                                    if (!member.succeeded()) {
                                        stopped.put(subject, member);
                                    }
                                });
                            });
                    former.put(subject, ended);
                    return ended;
                })
                .toList();
    }

    private Future<Void> start(Worker worker, DeliveryGroup.Member member, WorkSlots slots) {
        var left = Promise.<Void>promise();
        slots.run(() -> {
                    var result = singles.work(worker, member.event(), 1);
                    member.started(result);
                    patiently(result, left);
                    return result;
                })
                .onComplete(ended -> left.tryComplete());
        return left.future();
    }

    private void patiently(Future<?> work, Promise<Void> left) {
        if (work.isComplete()) {
            return;
        }
        var timer = vertx.setTimer(PATIENCE_MILLIS, late -> left.tryComplete());
        work.onComplete(ended -> vertx.cancelTimer(timer));
    }

    /** Ends the first attempt of an event that left its group, and that is recorded as running here. */
    Future<Void> conclude(Worker worker, DeliveryGroup.Member member, WorkSlots slots) {
        var event = member.event();
        var started = member.result();
        if (started == null) {
            return slots.run(() -> singles.attempt(worker, event, 1));
        }
        return started.compose(
                result -> slots.run(() -> conclusion.of(worker, event, 1, result)),
                failure -> slots.run(() -> failure instanceof BatchFailed
                        ? singles.attempt(worker, event, 1)
                        : conclusion.failed(worker, event, 1, failure)));
    }
}
