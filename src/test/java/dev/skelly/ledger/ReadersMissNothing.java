package dev.skelly.ledger;

import dev.skelly.ledger.History.Reader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** B-05: each reader got exactly what it may see after its cursor, in order; nothing else. */
final class ReadersMissNothing implements Check {

    @Override
    public void look(History history, Books books, Verdict verdict) {
        Map<UUID, Books.Row> log = new HashMap<>();
        books.events().stream().filter(row -> row.position() != null).forEach(row -> log.put(row.id(), row));
        var cursors = new CursorText(books);
        var repeated = 0L;
        var received = 0L;
        for (var reader : history.readers().values()) {
            var from = cursors.position(reader.from());
            if (from.isEmpty()) {
                verdict.violation("cursor", reader.name() + " began at a cursor of no position");
                continue;
            }
            var seen = lookAtReceipts(reader, log, from.getAsLong(), verdict);
            received += reader.receipts().size();
            repeated += reader.receipts().size() - seen.size();
            reader.gaps().forEach(reason -> verdict.violation("gap", reader.name() + " was told " + reason));
            if (reader.ended()) {
                lookForMissing(reader, log, from.getAsLong(), seen, verdict);
            }
        }
        verdict.figure("readers", history.readers().size());
        verdict.figure("received", received);
        verdict.figure("repeated", repeated);
    }

    private static Set<UUID> lookAtReceipts(Reader reader, Map<UUID, Books.Row> log, long from, Verdict verdict) {
        Set<UUID> seen = new HashSet<>();
        var newest = from;
        var connection = 0;
        var newestOfConnection = from;
        for (var receipt : reader.receipts()) {
            var row = log.get(receipt.event());
            if (row == null || !mayRead(reader, row)) {
                verdict.violation("leaked", reader.name() + " got " + receipt.event());
                continue;
            }
            if (receipt.connection() != connection) {
                connection = receipt.connection();
                newestOfConnection = from;
            }
            var position = Objects.requireNonNull(row.position());
            var first = seen.add(row.id());
            if (position <= newestOfConnection || (first && position <= newest)) {
                verdict.violation("reader order", reader.name() + " got " + position + " after " + newest);
            }
            newestOfConnection = position;
            newest = Math.max(newest, position);
        }
        return seen;
    }

    private static void lookForMissing(
            Reader reader, Map<UUID, Books.Row> log, long from, Set<UUID> seen, Verdict verdict) {
        for (var row : log.values()) {
            if (Objects.requireNonNull(row.position()) > from && mayRead(reader, row) && !seen.contains(row.id())) {
                verdict.violation("missing", reader.name() + " never got " + row.type() + " at " + row.position());
            }
        }
    }

    private static boolean mayRead(Reader reader, Books.Row row) {
        return row.channels().contains("user:" + reader.account())
                || row.channels().contains("public");
    }
}
