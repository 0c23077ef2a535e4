package dev.skelly.features.orders;

import dev.skelly.event.Event;
import dev.skelly.feature.Worker;
import dev.skelly.relay.SimulatedRelay;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The way from the log to a worker in a simulation: the relay's reading, the queue of the broker, and what the worker has done. */
final class WorkerLane {

    private final Worker worker;
    private final SimulatedRelay relay = new SimulatedRelay();
    private final List<Message> queue = new ArrayList<>();
    private final List<Runnable> answers = new ArrayList<>();
    private final Set<Long> done = new HashSet<>();

    /** A message of the queue; another one for each time that it was sent. */
    static final class Message {

        private final long position;
        private int attempt = 1;
        private Instant due;

        private Message(long position, Instant due) {
            this.position = position;
            this.due = due;
        }

        long position() {
            return position;
        }

        int attempt() {
            return attempt;
        }
    }

    WorkerLane(Worker worker) {
        this.worker = worker;
    }

    Worker worker() {
        return worker;
    }

    /** Reads up to the next event of this worker; empty if there is none. */
    OptionalLong read(List<Event> log, Function<Event, String> type) {
        for (var next = relay.next(log.size()); next.isPresent(); next = relay.next(log.size())) {
            if (worker.reactsTo(type.apply(log.get((int) next.getAsLong() - 1)))) {
                return next;
            }
        }
        return OptionalLong.empty();
    }

    /** Sends an event to the broker, which may not get it, or answer in vain. */
    void send(long position, Instant due, long nowNanos, boolean arrives, boolean answered) {
        var answer = relay.sent(position, nowNanos);
        if (arrives) {
            queue.add(new Message(position, due));
        }
        if (answered) {
            answers.add(answer);
        }
    }

    /** Lets one of the broker's answers come. */
    void accept(Random random) {
        if (!answers.isEmpty()) {
            answers.remove(random.nextInt(answers.size())).run();
        }
    }

    boolean overdue(long nowNanos) {
        return relay.overdue(nowNanos);
    }

    void store() {
        relay.store();
    }

    /** The leader ends: what it had read after the checkpoint is sent again, and no answer to it comes. */
    void crash() {
        answers.clear();
        relay.crash();
    }

    /**
     * Takes a message that is due; null if there is none.
     *
     * @param random null for the oldest one
     */
    @Nullable
    Message take(Instant now, @Nullable Random random) {
        if (queue.isEmpty()) {
            return null;
        }
        var message = queue.get(random == null ? 0 : random.nextInt(queue.size()));
        return message.due.isAfter(now) ? null : message;
    }

    boolean did(Message message) {
        return done.contains(message.position);
    }

    /** Records the effect; whether it is the first one. */
    boolean done(Message message) {
        return done.add(message.position);
    }

    /** Removes a message from the queue. */
    void settle(Message message) {
        queue.remove(message);
    }

    /**
     * Lets a message wait.
     *
     * @param until empty after the last attempt: the message is a dead letter
     */
    void retry(Message message, Optional<Instant> until) {
        message.attempt++;
        until.ifPresentOrElse(due -> message.due = due, () -> settle(message));
    }

    /** Returns whether something goes on without more time. */
    boolean busy(Instant now, long head) {
        return relay.behind(head)
                || !answers.isEmpty()
                || queue.stream().anyMatch(message -> !message.due.isAfter(now));
    }

    /** Returns whether all that is in the log was sent, accepted and handled. */
    boolean empty(long head) {
        if (!queue.isEmpty()) {
            return false;
        }
        relay.store();
        return relay.stored() == head;
    }
}
