package dev.skelly.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** B-04: positions are dense from 1, given once, the head is the newest, and every cursor a reader saw still means the same event. */
final class OneOrder implements Check {

    @Override
    public void look(History history, Books books, Verdict verdict) {
        Map<UUID, Long> positions = new HashMap<>();
        Map<Long, UUID> events = new HashMap<>();
        for (var row : books.events()) {
            if (row.position() == null) {
                verdict.violation("unstamped", "event " + row.id());
                continue;
            }
            var position = Objects.requireNonNull(row.position());
            positions.put(row.id(), position);
            if (events.put(position, row.id()) != null) {
                verdict.violation("position", position + " was given twice");
            }
        }
        for (var position = 1L; position <= books.head(); position++) {
            if (!events.containsKey(position)) {
                verdict.violation("position", position + " was left out");
            }
        }
        if (events.size() > books.head()) {
            verdict.violation("position", "given beyond the head " + books.head());
        }
        var cursors = new CursorText(books);
        history.readers()
                .values()
                .forEach(reader -> reader.receipts().forEach(receipt -> {
                    var position = positions.get(receipt.event());
                    if (position != null && cursors.position(receipt.cursor()).orElse(-1) != position) {
                        verdict.violation(
                                "position",
                                "event " + receipt.event() + " was shown to " + reader.name()
                                        + " at another place than " + position);
                    }
                }));
    }
}
