package dev.skelly.features.analytics;

import dev.skelly.event.Rfc3339;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Query;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Counts the events of a range of days.
 *
 * @param from first day, UTC
 * @param to last day, UTC; not before {@code from}, and the span is at most {@link #DAYS_MAX} days
 */
record Summarise(LocalDate from, LocalDate to) implements Query<EventSummary> {

    static final int DAYS_MAX = 366;
    private static final int DAYS_DEFAULT = 30;

    /**
     * Parses the parameters of a request.
     *
     * @param from empty for the 30 days up to {@code to}
     * @param to empty for {@code today}
     * @throws Problem with all errors
     */
    static Summarise of(Optional<String> from, Optional<String> to, LocalDate today) {
        var faults = new ArrayList<FieldError>();
        var last = day("to", to, faults).orElse(today);
        var first = day("from", from, faults).orElse(last.minusDays(DAYS_DEFAULT - 1L));
        if (faults.isEmpty()) {
            checkSpan(first, last, faults);
        }
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
        return new Summarise(first, last);
    }

    private static Optional<LocalDate> day(String name, Optional<String> text, List<FieldError> faults) {
        var day = text.flatMap(Rfc3339::day);
        if (text.isPresent() && day.isEmpty()) {
            faults.add(new FieldError(name, "format", "must be a day such as 2026-11-23"));
        }
        return day.filter(known -> plausible(name, known, faults));
    }

    private static boolean plausible(String name, LocalDate day, List<FieldError> faults) {
        var plausible = day.getYear() >= 2000;
        if (!plausible) {
            faults.add(new FieldError(name, "range", "must be in the years 2000 to 9999"));
        }
        return plausible;
    }

    private static void checkSpan(LocalDate first, LocalDate last, List<FieldError> faults) {
        if (last.isBefore(first)) {
            faults.add(new FieldError("from", "range", "must not be after the last day"));
        } else if (ChronoUnit.DAYS.between(first, last) >= DAYS_MAX) {
            faults.add(new FieldError("from", "range", "must be at most " + DAYS_MAX + " days before the last day"));
        }
    }
}
