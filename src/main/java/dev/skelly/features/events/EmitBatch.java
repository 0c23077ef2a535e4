package dev.skelly.features.events;

import dev.skelly.feature.Problem;
import dev.skelly.feature.ProblemStatus;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects the events of one request, each accepted or rejected independently. Confined to the request. */
final class EmitBatch {

    private static final int ACCEPTED = 202;

    private final List<Object> entries = new ArrayList<>(); // Each is a ValidatedEvent or the Problem of one.

    /** Adds an event, or the problem for which it is rejected. */
    void add(Supplier<ValidatedEvent> event) {
        try {
            entries.add(event.get());
        } catch (Problem problem) {
            entries.add(problem);
        }
    }

    /** Appends the valid events and returns one result per event. Fails only when no event is the cause. */
    Future<List<EmitResponse.EventResult>> append(AppendBatcher appender) {
        Map<UUID, ValidatedEvent> first = new HashMap<>();
        for (var place = 0; place < entries.size(); place++) {
            if (entries.get(place) instanceof ValidatedEvent event) {
                var other = first.putIfAbsent(event.id(), event);
                if (other != null && !same(other, event)) {
                    entries.set(place, EventRoutes.taken());
                }
            }
        }
        // In the order of the request, each id once.
        var events = entries.stream()
                .filter(entry -> entry instanceof ValidatedEvent event && first.remove(event.id()) != null)
                .map(ValidatedEvent.class::cast)
                .toList();
        var appended =
                events.isEmpty() ? Future.succeededFuture(List.<AppendEvents.Appended>of()) : appender.append(events);
        return appended.map(this::answers);
    }

    private static boolean same(ValidatedEvent one, ValidatedEvent other) {
        return one.digest() != null && one.digest().equals(other.digest());
    }

    private List<EmitResponse.EventResult> answers(List<AppendEvents.Appended> appended) {
        Map<UUID, AppendEvents.Appended> byId = new HashMap<>();
        appended.forEach(one -> byId.put(one.id(), one));
        return entries.stream().map(entry -> answer(entry, byId)).toList();
    }

    private static EmitResponse.EventResult answer(Object entry, Map<UUID, AppendEvents.Appended> appended) {
        if (entry instanceof ValidatedEvent event) {
            try {
                var accepted = EventRoutes.accepted(Objects.requireNonNull(appended.get(event.id())));
                return new EmitResponse.EventResult(ACCEPTED, accepted.id(), accepted.position(), null, null, null);
            } catch (Problem problem) {
                return refused(problem, event.id());
            }
        }
        return refused((Problem) entry, null);
    }

    private static EmitResponse.EventResult refused(Problem problem, @Nullable UUID id) {
        return new EmitResponse.EventResult(
                ProblemStatus.of(problem.kind()),
                id,
                null,
                problem.code(),
                problem.detail(),
                problem.faults().isEmpty() ? null : problem.faults());
    }
}
