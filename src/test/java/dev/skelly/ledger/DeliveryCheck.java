package dev.skelly.ledger;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * B-05 for thousands of readers, who remember cursors only: each got what it may see after its start, once, in the order of the log, and
 * nothing else. What a reader was told is a gap is not missing; it is counted as reported.
 */
public final class DeliveryCheck {

    private final TreeMap<Long, Books.Row> log = new TreeMap<>();
    private final CursorText cursors;
    private final Map<String, Long> positions = new HashMap<>(); // Many readers got the same.
    private final Verdict verdict = new Verdict();
    private long received;
    private long reported;

    private DeliveryCheck(Books books) {
        this.cursors = new CursorText(books);
        for (var row : books.events()) {
            if (row.position() != null) {
                log.put(row.position(), row);
            }
        }
    }

    /** What one reader knows in the end. */
    public interface Reader {

        String name();

        /** Whether it may see an event and asked for it. */
        boolean sees(Books.Row row);

        /** The cursor after which it began. */
        String from();

        /** The cursors of the events, in the order in which they came over all its connections. */
        List<String> cursors();

        /** Whether it was told of a gap after so many events. */
        boolean gapAfter(int events);
    }

    /** Compares what readers got with the log, up to its end. */
    public static Verdict check(Books books, List<? extends Reader> readers) {
        var check = new DeliveryCheck(books);
        readers.forEach(check::look);
        check.verdict.figure("readers", readers.size());
        check.verdict.figure("received", check.received);
        check.verdict.figure("reported", check.reported);
        return check.verdict;
    }

    private void look(Reader reader) {
        var start = cursors.position(reader.from());
        if (start.isEmpty()) {
            verdict.violation("cursor", reader.name() + " began at a cursor of no position");
            return;
        }
        var newest = start.getAsLong();
        var seen = new BitSet();
        var got = reader.cursors();
        received += got.size();
        for (var n = 0; n < got.size(); n++) {
            long position = positions.computeIfAbsent(
                    got.get(n), text -> cursors.position(text).orElse(-1L));
            var row = log.get(position);
            if (row == null || !reader.sees(row)) {
                verdict.violation("leaked", reader.name() + " got " + position);
            } else if (seen.get((int) position)) {
                verdict.violation("doubled", reader.name() + " got " + position + " again");
            } else if (position <= newest) {
                verdict.violation("reader order", reader.name() + " got " + position + " after " + newest);
            } else {
                pass(reader, newest, position, reader.gapAfter(n));
                newest = position;
            }
            seen.set((int) Math.max(0, position));
        }
        pass(reader, newest, Long.MAX_VALUE, reader.gapAfter(got.size()));
    }

    /* Between these two, nothing came. */
    private void pass(Reader reader, long after, long before, boolean gap) {
        for (var row : log.subMap(after, false, before, false).values()) {
            if (reader.sees(row)) {
                if (gap) {
                    reported++;
                } else {
                    verdict.violation("missing", reader.name() + " never got " + row.type() + " at " + row.position());
                }
            }
        }
    }
}
