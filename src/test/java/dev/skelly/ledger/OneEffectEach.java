package dev.skelly.ledger;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * B-06: each worker did each of its events exactly once, or gave it up, never both; what it counted and made agrees.
 *
 * @param workers the event types each reacts to; {@code *} alone means all
 * @param counting the worker whose effect are the counts
 * @param making the type of event that answers each registration, once
 */
record OneEffectEach(Map<String, Set<String>> workers, String counting, String making) implements Check {

    private static final String REGISTERED = "user.registered";

    @Override
    public void look(History history, Books books, Verdict verdict) {
        workers.forEach((worker, types) -> lookAtWorker(worker, types, books, verdict));
        lookAtCounts(books, verdict);
        lookAtAnswers(books, verdict);
        lookAtPreferences(books, verdict);
        verdict.figure("effects", books.inbox().size());
        verdict.figure("dead", books.dead().size());
    }

    private static void lookAtWorker(String worker, Set<String> types, Books books, Verdict verdict) {
        var done = times(books.inbox(), worker);
        var dead = times(books.dead(), worker);
        for (var row : books.events()) {
            if (!types.contains("*") && !types.contains(row.type())) {
                continue;
            }
            var did = done.getOrDefault(row.id(), 0L);
            var gaveUp = dead.getOrDefault(row.id(), 0L);
            var what = worker + " with " + row.type() + " at " + row.position();
            if (did > 1) {
                verdict.violation("doubled effect", what);
            }
            if (did > 0 && gaveUp > 0) {
                verdict.violation("done and dead", what);
            }
            if (did + gaveUp == 0) {
                verdict.violation("limbo", what);
            }
        }
        var known = books.events().stream().map(Books.Row::id).collect(Collectors.toSet());
        done.keySet().stream()
                .filter(event -> !known.contains(event))
                .forEach(event -> verdict.violation("effect of nothing", worker + " with " + event));
    }

    private static Map<UUID, Long> times(List<Books.Effect> effects, String worker) {
        return effects.stream()
                .filter(effect -> effect.worker().equals(worker) && effect.finished())
                .collect(Collectors.groupingBy(Books.Effect::event, Collectors.counting()));
    }

    private void lookAtCounts(Books books, Verdict verdict) {
        var done = times(books.inbox(), counting).keySet();
        Map<String, Long> expected = books.events().stream()
                .filter(row -> done.contains(row.id()))
                .collect(Collectors.groupingBy(Books.Row::type, Collectors.counting()));
        var types = new HashSet<>(expected.keySet());
        types.addAll(books.counts().keySet());
        for (var type : types) {
            var counted = books.counts().getOrDefault(type, 0L);
            var happened = expected.getOrDefault(type, 0L);
            if (!counted.equals(happened)) {
                verdict.violation(
                        "count", type + " was counted " + counted + " times and happened " + happened + " times");
            }
        }
    }

    private void lookAtAnswers(Books books, Verdict verdict) {
        Map<UUID, Long> answers = new HashMap<>();
        for (var row : books.events()) {
            if (row.type().equals(making) && row.causation() != null) {
                answers.merge(row.causation(), 1L, Long::sum);
            }
        }
        for (var row : books.events()) {
            var times = answers.getOrDefault(row.id(), 0L);
            if (row.type().equals(REGISTERED) && times != 1) {
                verdict.violation("doubled effect", making + " stands " + times + " times for " + row.subject());
            }
        }
    }

    private static void lookAtPreferences(Books books, Verdict verdict) {
        var rows =
                books.preferences().stream().collect(Collectors.groupingBy(account -> account, Collectors.counting()));
        rows.forEach((account, times) -> {
            if (times > 1) {
                verdict.violation("preferences", account + " has " + times + " rows");
            }
        });
        books.events().stream()
                .filter(row -> row.type().equals(REGISTERED))
                .map(row -> row.subject().substring("user:".length()))
                .filter(account -> !rows.containsKey(UUID.fromString(account)))
                .forEach(account -> verdict.violation("preferences", account + " has none"));
    }
}
