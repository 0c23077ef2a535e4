package dev.skelly.ledger;

import dev.skelly.ledger.History.Ending;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * B-01: what was acknowledged is in the log, once; what was refused is not; nothing is there that nobody asked for.
 *
 * @param writes actions of which each causes exactly one event
 */
record NothingLost(Set<String> writes) implements Check {

    @Override
    public void look(History history, Books books, Verdict verdict) {
        var roots = books.events().stream()
                .filter(row -> row.causation() == null)
                .collect(Collectors.groupingBy(Books.Row::correlation));
        var acknowledged = 0L;
        var recovered = 0L;
        for (var operation : history.operations().values()) {
            var events = roots.getOrDefault(operation.id(), List.of());
            var write = writes.contains(operation.action());
            if (operation.ending() == Ending.FAIL && !events.isEmpty()) {
                verdict.violation("unexpected", "refused " + operation.id() + " is in the log");
            }
            if (!write) {
                continue;
            }
            if (events.size() > 1) {
                verdict.violation(
                        "duplicated",
                        operation.action() + " " + operation.id() + " is in the log " + events.size() + " times");
            }
            if (operation.ending() == Ending.OK) {
                acknowledged++;
                if (events.isEmpty()) {
                    verdict.violation("lost", operation.action() + " " + operation.id() + " was acknowledged");
                }
            } else if (operation.ending() == Ending.UNKNOWN && !events.isEmpty()) {
                recovered++;
            }
        }
        roots.keySet().stream()
                .filter(correlation -> !history.operations().containsKey(correlation))
                .forEach(correlation -> verdict.violation("unexpected", "nobody asked for " + correlation));
        verdict.figure("attempted", history.operations().size());
        verdict.figure("acknowledged", acknowledged);
        verdict.figure("recovered", recovered);
        verdict.figure("events", books.events().size());
    }
}
