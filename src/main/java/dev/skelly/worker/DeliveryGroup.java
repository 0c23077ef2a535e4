package dev.skelly.worker;

import dev.skelly.event.StoredEvent;
import dev.skelly.feature.WorkResult;
import dev.skelly.feature.Worker;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events of one worker that are carried out in one transaction. Confined to the engine's context. */
final class DeliveryGroup {

    /**
     * A message that waits in memory.
     *
     * @param redelivered whether the broker delivered it before
     * @param stored completes when the database stores the outcome of the event, or will see to it
     */
    record Queued(StoredEvent event, boolean redelivered, Promise<Void> stored) {}

    /** An event of the group and the state of its work. */
    static final class Member {

        private final StoredEvent event;
        private final Promise<Void> stored;
        private @Nullable Future<WorkResult> result;
        private WorkResult.@Nullable Done done;
        private boolean blocked;

        private Member(Queued queued) {
            this.event = queued.event();
            this.stored = queued.stored();
        }

        StoredEvent event() {
            return event;
        }

        Promise<Void> stored() {
            return stored;
        }

        /** Returns the result of the first attempt; null when it was not started. */
        @Nullable
        Future<WorkResult> result() {
            return result;
        }

        void started(Future<WorkResult> work) {
            result = work;
        }

        /** Lets it wait for an earlier event of its subject. */
        void block() {
            blocked = true;
        }

        boolean blocked() {
            return blocked;
        }

        /** Returns the effect that is part of the group's transaction; null when the event ends otherwise. */
        WorkResult.@Nullable Done done() {
            return done;
        }

        private WorkResult.@Nullable Done doneSoFar() {
            return !blocked && result != null && result.succeeded() && result.result() instanceof WorkResult.Done effect
                    ? effect
                    : null;
        }

        /** Returns whether its work has succeeded by now. */
        boolean succeeded() {
            return doneSoFar() != null;
        }
    }

    private final UUID id;
    private final Worker worker;
    private final boolean claimed;
    private List<Member> members;

    /**
     * Creates a group whose work has not begun.
     *
     * @param claimed whether the database has to know of the group before the work begins
     */
    DeliveryGroup(UUID id, Worker worker, boolean claimed, List<Queued> queued) {
        this.id = id;
        this.worker = worker;
        this.claimed = claimed;
        var all = new ArrayList<>(queued);
        all.sort(Comparator.comparingLong(each -> each.event().position()));
        this.members = all.stream().map(Member::new).toList();
    }

    UUID id() {
        return id;
    }

    Worker worker() {
        return worker;
    }

    boolean claimed() {
        return claimed;
    }

    /** Returns the events, in the order of positions. */
    List<Member> members() {
        return members;
    }

    /** Reduces the group to these. */
    void reduce(List<Member> fewer) {
        members = List.copyOf(fewer);
    }

    List<StoredEvent> events() {
        return members.stream().map(Member::event).toList();
    }

    /**
     * Decides which events are part of the transaction: those whose work has succeeded by now, without those of an ordered worker that follow,
     * in their subject, one that has not. A result that comes later does not change that.
     */
    void close() {
        var held = new HashSet<String>();
        for (var member : members) {
            var subject = member.event().subject();
            if (worker.ordered() && held.contains(subject)) {
                member.block();
            }
            member.done = member.doneSoFar();
            if (member.done == null) {
                held.add(subject);
            }
        }
    }
}
