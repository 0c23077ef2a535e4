package dev.skelly.features.events;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The events of one request, which stay together.
 *
 * @param context where the caller is answered; null for any thread
 * @param sinceNanos when the request came, by {@link System#nanoTime}
 */
record WaitingAppend(
        List<ValidatedEvent> events,
        Promise<List<AppendEvents.Appended>> promise,
        @Nullable Context context,
        long sinceNanos) {

    static WaitingAppend of(List<ValidatedEvent> events) {
        return new WaitingAppend(events, Promise.promise(), Vertx.currentContext(), System.nanoTime());
    }

    int chars() {
        return events.stream().mapToInt(event -> event.data().length()).sum();
    }

    Set<String> subjects() {
        return events.stream().map(ValidatedEvent::subject).collect(Collectors.toSet());
    }

    static List<ValidatedEvent> events(Collection<WaitingAppend> requests) {
        return requests.stream().flatMap(request -> request.events().stream()).toList();
    }

    /** Fails each request. */
    static void fail(List<WaitingAppend> requests, Throwable failure) {
        answer(requests, request -> () -> request.promise().fail(failure));
    }

    /* Hops once to each context, regardless of the number of its requests. */
    static void answer(List<WaitingAppend> requests, Function<WaitingAppend, Runnable> answering) {
        var byContext = new LinkedHashMap<@Nullable Context, List<Runnable>>();
        requests.forEach(request -> byContext
                .computeIfAbsent(request.context(), context -> new ArrayList<>())
                .add(answering.apply(request)));
        byContext.forEach((context, answers) -> {
            if (context == null) {
                answers.forEach(Runnable::run);
            } else {
                context.runOnContext(turn -> answers.forEach(Runnable::run));
            }
        });
    }
}
