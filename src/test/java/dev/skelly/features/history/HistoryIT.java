package dev.skelly.features.history;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skelly.event.Audience;
import dev.skelly.eventlog.CursorCodec;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Problem;
import dev.skelly.testing.Torture;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** History by the rights and views of the stream (security tests E-02, E-03), and cursors as bad as they come (D-04, E-21). */
final class HistoryIT extends WithHistoryFixture {

    private static final int CURSORS = Torture.times(10_000_000, 20_000);

    @Test
    void showsEachReaderWhatTheyMaySeeNewestLast() {
        // Given
        turn("a", 1, 2, "public");
        turn("a", 3, 3, Audience.user(ada.account()));
        turn("a", 4, 4, "role:admin");

        // Then
        assertThat(numbers(list(ada, Map.of()))).containsExactly(1, 2, 3);
        assertThat(numbers(list(staff, Map.of()))).containsExactly(1, 2);
        assertThat(numbers(list(admin, Map.of()))).containsExactly(1, 2, 3, 4);
        assertThat(items(list(ada, Map.of())).toString()).doesNotContain("margin", "hidden words");
        assertThat(items(list(staff, Map.of())).toString()).contains("hidden words");
    }

    @Test
    void refusesForeignChannels() {
        for (var channel : List.of("role:admin", "user:" + staff.account(), "topic:feature/1", "role:*")) {
            var refusal = catchThrowableOfType(Problem.class, () -> list(ada, Map.of("channels", channel)));

            assertThat(refusal.kind()).isEqualTo(Problem.Kind.FORBIDDEN);
        }
    }

    @Test
    void goesOnFromPageToPage() {
        // Given
        turn("a", 1, 7, "public");

        // When
        var first = list(ada, Map.of("limit", "3", "type", "page.*"));
        var cursor = String.valueOf(house.body(first).get("nextCursor"));
        var second = list(ada, Map.of("limit", "3", "after", cursor));
        var third = list(
                ada,
                Map.of("limit", "3", "after", String.valueOf(house.body(second).get("nextCursor"))));

        // Then
        assertThat(numbers(first)).containsExactly(1, 2, 3);
        assertThat(first.headers().get(0).getValue())
                .contains("type=page.*&limit=3&after=")
                .endsWith("rel=\"next\"");
        assertThat(numbers(second)).containsExactly(4, 5, 6);
        assertThat(numbers(third)).containsExactly(7);
        assertThat(house.body(third)).doesNotContainKey("nextCursor");
    }

    @Test
    void findsByAnIndexWhatLiesDeep() {
        // Given
        turn("a", 1, 2_500, "role:admin");
        turn("b", 1, 2, "public");

        // Then
        assertThat(numbers(list(ada, Map.of("subject", "book:b")))).containsExactly(1, 2);
        assertThat(numbers(list(ada, Map.of("type", "page.turned", "subject", "book:b"))))
                .containsExactly(1, 2);
        var nothing = list(ada, Map.of());
        assertThat(items(nothing)).isEmpty();
        assertThat(numbers(list(
                        ada, Map.of("after", String.valueOf(house.body(nothing).get("nextCursor"))))))
                .containsExactly(1, 2);
    }

    @Test
    void filtersByCorrelationActorAndTime() {
        turn("a", 1, 1, "public");

        assertThat(items(list(ada, Map.of("correlation", new UUID(1, 1).toString()))))
                .hasSize(1);
        assertThat(items(list(ada, Map.of("correlation", new UUID(1, 2).toString()))))
                .isEmpty();
        assertThat(items(list(ada, Map.of("actor", ada.account().toString())))).isEmpty();
        assertThat(items(list(ada, Map.of("since", "2020-01-01T00:00:00Z", "until", "2999-01-01T00:00:00Z"))))
                .hasSize(1);
        assertThat(items(list(ada, Map.of("until", "2020-01-01T00:00:00Z")))).isEmpty();
        assertThat(items(list(ada, Map.of("type", "page")))).isEmpty();
    }

    @Test
    void readsTimesAsRfc3339AndStoresEachOfThem() {
        turn("a", 1, 1, "public");

        for (var early : List.of("0000-01-01T00:00:00Z", "2016-12-31t15:59:60.123456789012-08:00")) {
            assertThat(items(list(ada, Map.of("since", early)))).as(early).hasSize(1);
            assertThat(items(list(ada, Map.of("until", early)))).as(early).isEmpty();
        }
        assertThat(items(list(ada, Map.of("since", "9999-12-31T23:59:59.999999999Z"))))
                .isEmpty();
        for (var wrong : List.of(
                "2026-11-23T24:00:00Z",
                "2026-11-23T12:00Z",
                "2026-11-23T12:00:00+0100",
                "2026-11-23T12:00:00[Europe/Paris]",
                "+292278994-08-17T07:12:55Z",
                "-4800-01-01T00:00:00Z")) {
            assertThat(catchThrowableOfType(Problem.class, () -> list(ada, Map.of("since", wrong, "until", wrong)))
                            .faults())
                    .as(wrong)
                    .extracting(FieldError::pointer)
                    .containsExactly("since", "until");
        }
    }

    @Test
    void familiesAreThoseOfPresentNamesWhateverTheLogSays() {
        // Given
        turn("a", 1, 3, "public");
        house.execute("update event set type = 'leaf.turned' where data ->> 'number' = '2'");

        // Then
        for (var types : List.of("page.*", "leaf.turned", "page.turned", "page.*,leaf.*")) {
            assertThat(numbers(list(ada, Map.of("type", types)))).as(types).containsExactly(1, 2, 3);
        }
        assertThat(items(list(ada, Map.of("type", "leaf.*,book.*")))).isEmpty();
    }

    @Test
    void answersForWhatOneMayNotSeeAsForWhatIsNotThere() {
        // Given
        turn("a", 1, 1, "role:admin");
        turn("a", 2, 2, "public");
        var events = items(list(admin, Map.of()));
        var hidden = String.valueOf(events.get(0).get("id"));
        var open = String.valueOf(events.get(1).get("id"));

        // Then
        for (var id : List.of(hidden, UUID.randomUUID().toString(), "x")) {
            for (var path : List.of("/api/events/{id}", "/api/events/{id}/data")) {
                var request = request(ada, Map.of()).at("id", id);
                var refusal = catchThrowableOfType(Problem.class, () -> await(house.call("GET", path, request)));

                assertThat(refusal.kind()).isEqualTo(Problem.Kind.NOT_FOUND);
                assertThat(refusal.detail()).isEqualTo("no such event");
            }
        }
        assertThat(house.body(await(house.call(
                        "GET", "/api/events/{id}", request(ada, Map.of()).at("id", open)))))
                .containsEntry("type", "page.turned")
                .containsEntry("id", open);
        var data = await(house.call(
                "GET", "/api/events/{id}/data", request(ada, Map.of()).at("id", open)));
        assertThat(house.body(data)).containsEntry("number", 2).doesNotContainKey("margin");
        assertThat(data.headers().get(0).getKey()).isEqualTo("ETag");
    }

    @Test
    void takesNoCursorThatIsMadeUp() {
        // Given
        var cursors = await(CursorCodec.load(database.pool()));
        var seed = Torture.seed("history cursors");
        var random = new Random(seed);

        // Then
        for (var run = 0; run < CURSORS; run++) {
            var text = text(random);
            var read = cursors.read(text);

            assertThat(read.isPresent() && !(read.get() instanceof dev.skelly.eventlog.Cursor.Foreign))
                    .as("seed %d, cursor %s", seed, text)
                    .isFalse();
        }
        for (var text : List.of("", "x", "-1", "9223372036854775808", text(random))) {
            assertThat(catchThrowableOfType(Problem.class, () -> list(ada, Map.of("after", text)))
                            .kind())
                    .isEqualTo(Problem.Kind.INVALID);
        }
        assertThat(items(list(ada, Map.of("after", cursors.position(1L << 61)))))
                .isEmpty();
    }

    private static String text(Random random) {
        var bytes = new byte[random.nextInt(10) == 0 ? random.nextInt(64) : 16];
        random.nextBytes(bytes);
        return java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
