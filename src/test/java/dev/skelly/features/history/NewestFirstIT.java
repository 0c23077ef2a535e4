package dev.skelly.features.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skelly.feature.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** History with the newest events first, and pages back from there. */
final class NewestFirstIT extends WithHistoryFixture {

    @Test
    void goesBackFromPageToPageWithTheNewestFirst() {
        // Given
        turn("a", 1, 4, "public");
        turn("a", 5, 5, "role:admin");
        turn("a", 6, 7, "public");

        // When
        var first = list(ada, Map.of("order", "desc", "limit", "3"));
        turn("a", 8, 9, "public"); // What is written meanwhile moves no page.
        var second = list(ada, Map.of("order", "desc", "limit", "3", "before", next(first)));

        // Then
        assertThat(numbers(first)).containsExactly(7, 6, 4);
        assertThat(header(first, "Link")).contains("order=desc&limit=3&before=").endsWith("rel=\"next\"");
        assertThat(numbers(second)).containsExactly(3, 2, 1);
        assertThat(numbers(list(ada, Map.of("order", "desc", "before", next(second)))))
                .isEmpty();
        assertThat(numbers(list(ada, Map.of("after", header(first, "Skelly-Position")))))
                .containsExactly(8, 9);
        assertThat(numbers(list(ada, Map.of("order", "desc", "after", header(first, "Skelly-Position")))))
                .containsExactly(9, 8);
    }

    @Test
    void goesBackOverEventsOfOthersAndEnds() {
        // Given
        turn("b", 1, 2, "public");
        turn("a", 1, 2_500, "role:admin");

        // When
        var nothing = list(ada, Map.of("order", "desc"));
        var rest = list(ada, Map.of("order", "desc", "before", next(nothing)));

        // Then
        assertThat(items(nothing)).isEmpty();
        assertThat(numbers(rest)).containsExactly(2, 1);
        assertThat(house.body(rest)).doesNotContainKey("nextCursor");
    }

    @Test
    void refusesAnUnknownOrderAndAnEndWithoutIt() {
        turn("a", 1, 2, "public");
        var cursor = next(list(ada, Map.of("limit", "1")));

        for (var asked :
                List.of(Map.of("order", "down"), Map.of("before", cursor), Map.of("order", "desc", "before", "x"))) {
            assertThat(catchThrowableOfType(Problem.class, () -> list(ada, asked))
                            .kind())
                    .isEqualTo(Problem.Kind.INVALID);
        }
    }
}
