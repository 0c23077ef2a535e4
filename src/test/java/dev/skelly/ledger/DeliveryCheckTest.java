package dev.skelly.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** A reader of thousands to whom something goes wrong is noticed. */
class DeliveryCheckTest {

    private static final long[] PUBLIC = {1, 3, 5}; // 2 and 4 are others'.

    private final Books books = new Books(
            7,
            new SecretKeySpec(new byte[16], "AES"),
            5,
            1,
            LongStream.rangeClosed(1, 5).mapToObj(DeliveryCheckTest::row).toList(),
            List.of(),
            List.of(),
            List.of(),
            Map.of(),
            List.of(),
            List.of());

    private static Books.Row row(long position) {
        var channel = position % 2 == 1 ? "public" : "role:admin";
        return new Books.Row(
                position, position, new UUID(0, position), "t", "s", position, new UUID(1, 1), null, List.of(channel));
    }

    private record Reading(String from, List<String> cursors, Set<Integer> gaps) implements DeliveryCheck.Reader {

        @Override
        public String name() {
            return "reader";
        }

        @Override
        public boolean sees(Books.Row row) {
            return row.channels().contains("public");
        }

        @Override
        public boolean gapAfter(int events) {
            return gaps.contains(events);
        }
    }

    private Verdict check(Set<Integer> gaps, long... positions) {
        var text = new CursorText(books);
        var cursors = LongStream.of(positions).mapToObj(text::of).toList();
        return DeliveryCheck.check(books, List.of(new Reading("earliest", cursors, gaps)));
    }

    @Test
    void aReaderWhoGotEverythingInOrderIsGreen() {
        assertThat(check(Set.of(), PUBLIC).green()).isTrue();
    }

    @Test
    void whatIsMissingInTheMiddleOrAtTheEndIsNoticed() {
        assertThat(check(Set.of(), 1, 5).broken()).containsOnly(Map.entry("missing", 1));
        assertThat(check(Set.of(), 1).broken()).containsOnly(Map.entry("missing", 2));
    }

    @Test
    void whatCameTwiceIsNoticed() {
        assertThat(check(Set.of(), 1, 3, 3, 5).broken()).containsOnly(Map.entry("doubled", 1));
    }

    @Test
    void whatCameLateIsNoticed() {
        assertThat(check(Set.of(), 3, 1, 5).broken()).containsKey("reader order");
    }

    @Test
    void whatTheReaderMayNotSeeIsNoticed() {
        assertThat(check(Set.of(), 1, 2, 3, 5).broken()).containsOnly(Map.entry("leaked", 1));
    }

    @Test
    void aGapThatWasToldIsNoLossAndExcusesNothingElse() {
        var told = check(Set.of(1), 1, 5);

        assertThat(told.green()).isTrue();
        assertThat(told.figures()).containsEntry("reported", 1L);
        assertThat(check(Set.of(2), 1, 5).broken()).containsOnly(Map.entry("missing", 1));
    }
}
