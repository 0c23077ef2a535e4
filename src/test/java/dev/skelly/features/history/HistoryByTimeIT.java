package dev.skelly.features.history;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.eventlog.EventBlockTable;
import dev.skelly.testing.Torture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code since} and {@code until} over a log whose clocks jumped: nothing is missed, and few requests are needed. */
final class HistoryByTimeIT extends WithHistoryFixture {

    private static final int MANY = Torture.times(1_000_000, 20_000);
    private static final int CASES = Torture.times(100, 8);
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration JUMP = Duration.ofDays(30);
    private static final int JUMPS_END = 7_000;

    /** One event a second; some clocks are 30 days ahead or behind. */
    private static final String FILL = """
            insert into event (position, id, type, source, subject, subject_version, correlation, time, channels, data)
            select n, gen_random_uuid(), 'page.turned', '/skelly/desk', 'book:' || n %% 50, n, gen_random_uuid(),
              timestamptz '2026-01-01T00:00:00Z' + n * interval '1 second' + interval '720 hours' * case
                when n > %3$d then 0 when n %% 1501 = 0 then 1 when n %% 1499 = 0 then -1 else 0 end,
              array['public'], json_build_object('book', (n %% 50)::text, 'number', n, 'channel', 'public', 'margin', 'words')
            from generate_series(%1$d, %2$d) n
            order by n
            """;

    private record Walked(List<Object> numbers, int requests, long millis) {}

    private void fill(int first, int last) {
        house.execute(FILL.formatted(first, last, JUMPS_END));
    }

    private void writeBlocks() {
        var steps = 1;
        while (await(EventBlockTable.write(database.pool()))) {
            steps++;
        }
        assertThat(steps).isLessThanOrEqualTo(1 + MANY / 20_000);
    }

    private static Instant time(int number) {
        var straight = BEGIN.plusSeconds(number);
        if (number > JUMPS_END) {
            return straight;
        }
        return number % 1_501 == 0 ? straight.plus(JUMP) : number % 1_499 == 0 ? straight.minus(JUMP) : straight;
    }

    private Walked walk(Map<String, String> asked) {
        var queries = new HashMap<>(asked);
        queries.put("limit", "200");
        var numbers = new ArrayList<>();
        var began = System.nanoTime();
        var requests = 0;
        for (var cursor = ""; cursor != null; requests++) {
            if (!cursor.isEmpty()) {
                queries.put("desc".equals(asked.get("order")) ? "before" : "after", cursor);
            }
            var page = list(ada, queries);
            numbers.addAll(numbers(page));
            cursor = (String) house.body(page).get("nextCursor");
        }
        return new Walked(
                numbers, requests, Duration.ofNanos(System.nanoTime() - began).toMillis());
    }

    @Test
    void findsTheNewestHundredOfManyInAFewRequests() {
        // Given
        fill(1, MANY);
        house.execute("analyze event");
        var since = Map.of("since", time(MANY - 99).toString());
        var newest = Map.of("since", time(MANY - 99).toString(), "order", "desc");
        var walked = walk(since);
        var walkedBack = walk(newest);

        // When
        var began = System.nanoTime();
        writeBlocks();
        var written = Duration.ofNanos(System.nanoTime() - began).toMillis();
        var found = walk(since);
        var foundBack = walk(newest);

        // Then
        System.out.println(
                "{\"events\":%d,\"blocksMs\":%d,\"sinceBefore\":%s,\"since\":%s,\"descBefore\":%s,\"desc\":%s}"
                        .formatted(
                                MANY, written, figure(walked), figure(found), figure(walkedBack), figure(foundBack)));
        assertThat(walked.requests()).isGreaterThanOrEqualTo(MANY / HistoryTable.LOOKED_MAX);
        assertThat(found.numbers()).hasSize(104).isEqualTo(walked.numbers());
        assertThat(found.requests()).isLessThanOrEqualTo(4);
        assertThat(foundBack.numbers()).isEqualTo(walkedBack.numbers());
        assertThat(foundBack.requests()).isLessThanOrEqualTo(4);
        assertThat(walk(Map.of("since", time(MANY).plus(JUMP).toString())).requests())
                .isEqualTo(1);
    }

    private static String figure(Walked walked) {
        return "{\"requests\":%d,\"ms\":%d}".formatted(walked.requests(), walked.millis());
    }

    @Test
    void missesNothingWhateverTheClocksDid() {
        var random = new Random(Torture.seed("history by time"));
        fill(1, 4_321);
        check(4_321, random); // No block is written yet.
        writeBlocks();
        check(4_321, random);
        fill(4_322, 7_000);
        check(7_000, random); // The last blocks are not written yet.
        writeBlocks();
        check(7_000, random);
        assertThat(await(EventBlockTable.write(database.pool()))).isFalse();
    }

    private void check(int last, Random random) {
        for (var n = 0; n < CASES; n++) {
            var kind = random.nextInt(3);
            var since = kind == 0 ? null : time(kind == 1 ? last - random.nextInt(600) : 1 + random.nextInt(last));
            var until = since == null
                    ? time(1 + random.nextInt(600))
                    : kind == 1 ? null : since.plusSeconds(random.nextInt(1_500));
            var subject = random.nextInt(3) == 0 ? "book:" + random.nextInt(50) : null;
            var back = random.nextBoolean();
            var asked = new HashMap<String, String>(Map.of("order", back ? "desc" : "asc"));
            put(asked, "since", since);
            put(asked, "until", until);
            put(asked, "subject", subject);
            assertThat(walk(asked).numbers()).as("%s", asked).isEqualTo(expected(last, since, until, subject, back));
        }
    }

    private static void put(Map<String, String> asked, String name, @Nullable Object value) {
        if (value != null) {
            asked.put(name, value.toString());
        }
    }

    private static List<Integer> expected(
            int last, @Nullable Instant since, @Nullable Instant until, @Nullable String subject, boolean back) {
        return IntStream.rangeClosed(1, last)
                .map(n -> back ? last + 1 - n : n)
                .filter(n -> since == null || !time(n).isBefore(since))
                .filter(n -> until == null || time(n).isBefore(until))
                .filter(n -> subject == null || subject.equals("book:" + n % 50))
                .boxed()
                .toList();
    }
}
