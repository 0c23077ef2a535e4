package dev.skelly.ledger;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** B-03: versions of a subject are dense and ascend with seq and position, and agree with the order in which clients saw things happen. */
final class SubjectsInOrder implements Check {

    @Override
    public void look(History history, Books books, Verdict verdict) {
        var subjects = books.events().stream().collect(Collectors.groupingBy(Books.Row::subject));
        verdict.figure("subjects", subjects.size());
        subjects.forEach((subject, rows) -> {
            var byVersion = rows.stream()
                    .sorted(Comparator.comparingLong(Books.Row::version))
                    .toList();
            lookAtVersions(subject, byVersion, verdict);
            lookAtTime(subject, byVersion, history, verdict);
        });
    }

    private static void lookAtVersions(String subject, List<Books.Row> rows, Verdict verdict) {
        for (var i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            if (row.version() != i + 1L) {
                verdict.violation("version", subject + " has " + row.version() + " where " + (i + 1) + " belongs");
            }
            if (i > 0 && !follows(rows.get(i - 1), row)) {
                verdict.violation(
                        "subject order", subject + " version " + row.version() + " comes before its predecessor");
            }
        }
    }

    private static boolean follows(Books.Row earlier, Books.Row later) {
        return earlier.seq() < later.seq()
                && (earlier.position() == null
                        || later.position() == null
                        || Objects.requireNonNull(earlier.position()) < Objects.requireNonNull(later.position()));
    }

    /* From the newest version down: nothing may have been asked for after something that stands later had returned. */
    private static void lookAtTime(String subject, List<Books.Row> rows, History history, Verdict verdict) {
        var returnedLater = Long.MAX_VALUE;
        for (var i = rows.size() - 1; i >= 0; i--) {
            var row = rows.get(i);
            var operation = row.causation() == null ? history.operations().get(row.correlation()) : null;
            if (operation == null || operation.ending() != History.Ending.OK) {
                continue;
            }
            if (returnedLater < operation.invoked()) {
                verdict.violation(
                        "real time",
                        subject + " version " + row.version() + " was asked for after a later one had returned");
            }
            returnedLater = Math.min(returnedLater, operation.returned());
        }
    }
}
