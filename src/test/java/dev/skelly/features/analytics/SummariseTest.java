package dev.skelly.features.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skelly.feature.FieldError;
import dev.skelly.feature.Problem;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SummariseTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-11-23");

    @Test
    void withoutDaysMeansTheThirtyDaysUpToToday() {
        // When
        var query = Summarise.of(Optional.empty(), Optional.empty(), TODAY);

        // Then
        assertThat(query).isEqualTo(new Summarise(LocalDate.parse("2026-10-25"), TODAY));
    }

    @Test
    void allFaultsAreNamedAtOnce() {
        // When
        var problem = refused("yesterday", "2026-02-30");

        // Then
        assertThat(problem.kind()).isEqualTo(Problem.Kind.INVALID);
        assertThat(problem.faults()).extracting(FieldError::pointer).containsExactly("to", "from");
    }

    @Test
    void daysThatNoDatabaseKnowsAreRefused() {
        assertThat(refused("1999-12-31", "+12345-01-01").faults())
                .extracting(FieldError::code)
                .containsExactly("format", "range");
    }

    @Test
    void aSpanThatEndsBeforeItBeginsIsRefused() {
        assertThat(refused("2026-11-23", "2026-11-22").faults())
                .extracting(FieldError::pointer)
                .containsExactly("from");
    }

    @Test
    void aSpanOfMoreThanAYearIsRefused() {
        // Given
        var allowed = Summarise.of(Optional.of("2025-11-23"), Optional.of("2026-11-23"), TODAY);

        // When
        var problem = refused("2025-11-22", "2026-11-23");

        // Then
        assertThat(allowed.from()).isEqualTo("2025-11-23");
        assertThat(problem.faults()).hasSize(1);
    }

    @Test
    void countsAddUp() {
        // Given
        var counts = List.of(
                new EventSummary.Count(TODAY, "user.registered", 3),
                new EventSummary.Count(TODAY, "user.logged-in", 4),
                new EventSummary.Count(TODAY.minusDays(1), "user.logged-in", 5));

        // When
        var summary = EventSummary.of(TODAY.minusDays(1), TODAY, counts);

        // Then
        assertThat(summary.total()).isEqualTo(12);
        assertThat(summary.byType()).containsEntry("user.logged-in", 9L).containsEntry("user.registered", 3L);
        assertThat(summary.days()).extracting(EventSummary.AnalyticsDay::total).containsExactly(5L, 7L);
    }

    private static Problem refused(String from, String to) {
        return catchThrowableOfType(Problem.class, () -> Summarise.of(Optional.of(from), Optional.of(to), TODAY));
    }
}
