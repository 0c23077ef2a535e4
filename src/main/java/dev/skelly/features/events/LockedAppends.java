package dev.skelly.features.events;

import dev.skelly.event.CommandContext;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Problem;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Requests that wait because another transaction holds the head of one of their subjects. They wait here and not in the database, so they
 * hold neither a connection nor a batch.
 *
 * <p>Invariant: a request about other subjects never waits for one of these. Of requests that share a held subject, the earlier is appended
 * first. Safe on any context.
 */
final class LockedAppends {

    private static final Duration ROUND = Duration.ofMillis(25);

    /* A subject that was held lately is asked about before its next event goes into a batch, which would wait for it. */
    private static final long HELD_NANOS = Duration.ofSeconds(10).toNanos();

    private static final int SUBJECTS_MAX = 10_000;

    private final Vertx vertx;
    private final CommandBus commands;
    private final Duration wait;
    private final int eventsMax;
    private final int batchMax;
    private final Supplier<UUID> ids;
    private final Function<List<WaitingAppend>, Future<Void>> append;
    private final List<WaitingAppend> waiting = new ArrayList<>(); // Guarded by this object, as are the rest. By age.
    private final Map<String, Long> heldAt = new HashMap<>();
    private final Map<String, Integer> pending =
            new HashMap<>(); // Of each subject: requests that wait or are being appended.
    private int events;
    private boolean underway;

    /** The bounds of what waits. */
    record LockedLimits(Duration longest, int eventsMax, int batchMax) {}

    /**
     * Creates an empty list.
     *
     * @param append appends requests or hands them to {@link #setAside}; never fails
     */
    LockedAppends(
            Vertx vertx,
            CommandBus commands,
            LockedLimits limits,
            Supplier<UUID> ids,
            MeterRegistry meters,
            Function<List<WaitingAppend>, Future<Void>> append) {
        this.vertx = vertx;
        this.commands = commands;
        this.wait = limits.longest();
        this.eventsMax = limits.eventsMax();
        this.batchMax = limits.batchMax();
        this.ids = ids;
        this.append = append;
        Gauge.builder("skelly.events.locked", this, LockedAppends::events)
                .description("Emitted events that wait because another transaction holds their subject")
                .register(meters);
    }

    private synchronized int events() {
        return events;
    }

    /** Takes a request if it concerns a subject that is held; tells whether it did. The request is answered in time. */
    synchronized boolean takes(WaitingAppend request) {
        if (heldAt.isEmpty() || request.subjects().stream().noneMatch(this::held)) {
            return false;
        }
        add(request);
        return true;
    }

    private boolean held(String subject) {
        var at = heldAt.get(subject);
        return at != null && (pending.containsKey(subject) || System.nanoTime() - at < HELD_NANOS);
    }

    private void add(WaitingAppend request) {
        if (events + request.events().size() > eventsMax) {
            vertx.runOnContext(turn -> WaitingAppend.fail(List.of(request), Problem.locked()));
            return;
        }
        var place = waiting.size();
        while (place > 0 && waiting.get(place - 1).sinceNanos() > request.sinceNanos()) {
            place--;
        }
        waiting.add(place, request);
        events += request.events().size();
        request.subjects().forEach(subject -> pending.merge(subject, 1, Integer::sum));
        schedule(ROUND);
    }

    private void forget(WaitingAppend request) {
        events -= request.events().size();
        request.subjects().forEach(subject -> pending.computeIfPresent(subject, (key, n) -> n == 1 ? null : n - 1));
    }

    /**
     * Keeps those requests of a batch that failed which concern held subjects.
     *
     * @return the others, in their order; all of them when it is unknown which of several is held. Fails when the database does not answer
     */
    Future<List<WaitingAppend>> setAside(List<WaitingAppend> batch) {
        var subjects = new HashSet<String>();
        batch.forEach(request -> subjects.addAll(request.subjects()));
        return find(subjects).map(found -> sort(batch, found.isEmpty() && batch.size() == 1 ? subjects : found));
    }

    private synchronized List<WaitingAppend> sort(List<WaitingAppend> batch, Set<String> held) {
        mark(held);
        var others = new ArrayList<WaitingAppend>();
        for (var request : batch) {
            if (request.subjects().stream().anyMatch(held::contains)) {
                add(request);
            } else {
                others.add(request);
            }
        }
        return others;
    }

    private void mark(Set<String> held) {
        if (heldAt.size() + held.size() > SUBJECTS_MAX) {
            heldAt.keySet().retainAll(pending.keySet());
        }
        held.forEach(subject -> heldAt.put(subject, System.nanoTime()));
    }

    private Future<Set<String>> find(Set<String> subjects) {
        return commands.send(new FindLockedSubjects(List.copyOf(subjects)), CommandContext.fresh(ids.get()))
                .map(done -> Set.copyOf(done.result().subjects()));
    }

    private synchronized void schedule(Duration pause) {
        if (!underway && !waiting.isEmpty()) {
            underway = true;
            vertx.setTimer(Math.max(1, pause.toMillis()), timer -> round());
        }
    }

    private void round() {
        WaitingAppend.fail(expired(), Problem.locked());
        var asked = subjects();
        var found = asked.isEmpty() ? Future.succeededFuture(Set.<String>of()) : find(asked);
        found.map(held -> ready(asked, held))
                .recover(failure -> {
                    WaitingAppend.fail(all(), failure);
                    return Future.succeededFuture(List.of());
                })
                .compose(ready -> ready.isEmpty()
                        ? Future.succeededFuture(ROUND)
                        : append.apply(ready).map(done -> over(ready)))
                .onComplete(next -> {
                    synchronized (this) {
                        underway = false;
                    }
                    schedule(next.succeeded() ? next.result() : ROUND);
                });
    }

    private synchronized List<WaitingAppend> expired() {
        var now = System.nanoTime();
        var expired = waiting.stream()
                .filter(request -> now - request.sinceNanos() >= wait.toNanos())
                .toList();
        waiting.removeAll(expired);
        expired.forEach(this::forget);
        return expired;
    }

    private synchronized List<WaitingAppend> all() {
        var all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(this::forget);
        return all;
    }

    private synchronized Set<String> subjects() {
        heldAt.entrySet().removeIf(entry -> !held(entry.getKey()));
        var subjects = new HashSet<String>();
        waiting.forEach(request -> subjects.addAll(request.subjects()));
        return subjects;
    }

    /* Their subjects stay held until they are appended, so that later requests go behind them. */
    private synchronized List<WaitingAppend> ready(Set<String> asked, Set<String> held) {
        asked.stream()
                .filter(heldAt::containsKey)
                .forEach(subject -> heldAt.put(subject, System.nanoTime() - HELD_NANOS));
        mark(held);
        var blocked = new HashSet<>(held);
        var ready = new ArrayList<WaitingAppend>();
        var ids = new HashSet<UUID>();
        var size = 0;
        for (var request : List.copyOf(waiting)) {
            var subjects = request.subjects();
            size += request.events().size();
            var twice = request.events().stream().map(ValidatedEvent::id).anyMatch(ids::contains);
            if (twice || subjects.stream().anyMatch(blocked::contains) || (!ready.isEmpty() && size > batchMax)) {
                blocked.addAll(subjects);
                size -= request.events().size();
            } else {
                ready.add(request);
                request.events().forEach(event -> ids.add(event.id()));
            }
        }
        waiting.removeAll(ready);
        return ready;
    }

    private synchronized Duration over(List<WaitingAppend> appended) {
        appended.forEach(this::forget);
        return Duration.ofMillis(1);
    }
}
