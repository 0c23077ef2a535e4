package dev.skelly.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When schedules are due. */
class ScheduleTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "PT1S,   2026-01-01T00:00:00Z,     2026-01-01T00:00:01Z",
        "PT1S,   2026-01-01T00:00:00.999Z, 2026-01-01T00:00:01Z",
        "PT15M,  2026-01-01T00:14:59Z,     2026-01-01T00:15:00Z",
        "PT15M,  2026-01-01T00:15:00Z,     2026-01-01T00:30:00Z",
        "PT1.5S, 1970-01-01T00:00:00Z,     1970-01-01T00:00:01.500Z",
        "P1D,    1969-12-30T23:00:00Z,     1969-12-31T00:00:00Z",
        "P366D,  1970-01-01T00:00:00Z,     1971-01-02T00:00:00Z",
    })
    void isDueEveryPeriodSinceTheEpoch(Duration period, Instant after, Instant due) {
        assertThat(Schedule.every(period).next(after)).isEqualTo(due);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1H", "PT0.999S", "PT1.0000001S", "P367D", "PT2562047788015215H30M7S"})
    void refusesAPeriodThatIsTooShortTooLongOrTooFine(Duration period) {
        assertThatThrownBy(() -> Schedule.every(period))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("every: " + period + " (expected: 1 s to 366 days, in whole milliseconds)");
    }

    @ParameterizedTest
    @CsvSource({
        "0 3 * * *,        2026-01-01T02:59:59.999Z, 2026-01-01T03:00:00Z",
        "0 3 * * *,        2026-01-01T03:00:00Z,     2026-01-02T03:00:00Z",
        "0 3 * * *,        2026-01-01T03:00:00.001Z, 2026-01-02T03:00:00Z",
        "*/15 * * * *,     2026-01-01T03:15:00Z,     2026-01-01T03:30:00Z",
        "5/20 8-10 * * *,  2026-01-01T10:45:00Z,     2026-01-02T08:05:00Z",
        "0 0 * * mon-fri,  2026-01-02T00:00:00Z,     2026-01-05T00:00:00Z",
        "0 0 * * 7,        2026-01-01T00:00:00Z,     2026-01-04T00:00:00Z",
        "0 0 13 * 5,       2026-01-09T00:00:00Z,     2026-01-13T00:00:00Z",
        "0 0 31 * *,       2026-01-31T00:00:00Z,     2026-03-31T00:00:00Z",
        "0 0 1 jan *,      2026-01-01T00:00:00Z,     2027-01-01T00:00:00Z",
        "0 0 29 2 *,       2096-02-29T00:00:00Z,     2104-02-29T00:00:00Z",
    })
    void isDueAtTheNextTimeThatMatches(String expression, Instant after, Instant due) {
        assertThat(Schedule.cron(expression, ZoneOffset.UTC).next(after)).isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "60 * * * *;      Value 60 not in range [0, 59]",
                "* 24 * * *;      Value 24 not in range [0, 23]",
                "* * 0 * *;       Value 0 not in range [1, 31]",
                "* * * * 8;       Value 8 not in range [0, 7]",
                "*/0 * * * *;     Period 0 not in range [0, 59]",
                "5-1 * * * *;     Invalid range! [5,1]",
                "0 0 * * FUN;     Invalid chars: FUN",
                "0 0 L * *;       Invalid chars: L",
                "* * * *;         contains 4 parts",
                "0 0 3 * * *;     contains 6 parts",
                "'';              Empty expression",
                "@daily;          Nicknames not supported",
                "0|30 3 * * *;    invalid character |",
                "1,,2 * * * *;    Invalid chars",
                "0 0 30 2 *;      a date that exists",
                "0 0 31 4,6 *;    a date that exists",
            })
    void saysWhatIsWrongWithAnExpression(String expression, String reason) {
        assertThatThrownBy(() -> Schedule.cron(expression, ZoneOffset.UTC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cron: " + expression)
                .hasMessageContaining(reason)
                .hasMessageContaining("(expected: ");
    }

    @Test
    void runsASkippedTimeWhenTheClocksChangeAndARepeatedTimeOnce() {
        // Given
        var nightly = Schedule.cron("30 2 * * *", BERLIN);

        // When
        var spring = series(nightly, Instant.parse("2026-03-28T12:00:00Z"), 2);
        var autumn = series(nightly, Instant.parse("2026-10-24T12:00:00Z"), 2);

        // Then
        assertThat(local(spring, BERLIN)).containsExactly("2026-03-29T03:00+02:00", "2026-03-30T02:30+02:00");
        assertThat(local(autumn, BERLIN)).containsExactly("2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00");
    }

    @Test
    void followsTheWallClockWhenTheHourIsOpen() {
        // Given
        var often = Schedule.cron("30 * * * *", BERLIN);

        // When
        var spring = series(often, Instant.parse("2026-03-29T00:00:00Z"), 2);
        var autumn = series(often, Instant.parse("2026-10-25T00:00:00Z"), 3);

        // Then
        assertThat(local(spring, BERLIN)).containsExactly("2026-03-29T01:30+01:00", "2026-03-29T03:30+02:00");
        assertThat(local(autumn, BERLIN))
                .containsExactly("2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00", "2026-10-25T03:30+01:00");
    }

    @Test
    void namesItsDueTimes() {
        assertThat(Schedule.every(Duration.ofHours(1))).hasToString("every PT1H");
        assertThat(Schedule.cron(" 0  3 * * mon", BERLIN)).hasToString("cron 0 3 * * 1 Europe/Berlin");
    }

    /** Against a search of every minute, around changes by an hour, by half an hour, at midnight, and by a day. */
    @TestFactory
    Stream<DynamicTest> agreesWithASearchOfEveryMinute() {
        return Stream.of(
                        new Change("Europe/Berlin", "2026-03-29T01:00:00Z"),
                        new Change("Europe/Berlin", "2026-10-25T01:00:00Z"),
                        new Change("Australia/Lord_Howe", "2026-04-04T15:00:00Z"),
                        new Change("Australia/Lord_Howe", "2026-10-03T15:30:00Z"),
                        new Change("America/Sao_Paulo", "2018-02-18T02:00:00Z"),
                        new Change("America/Sao_Paulo", "2018-11-04T03:00:00Z"),
                        new Change("Asia/Beirut", "2026-03-28T22:00:00Z"),
                        new Change("Pacific/Apia", "2011-12-30T10:00:00Z"))
                .flatMap(change -> Expected.ALL.stream()
                        .map(expected -> DynamicTest.dynamicTest(
                                expected.expression() + " " + change, () -> agrees(expected, change))));
    }

    private static void agrees(Expected expected, Change change) {
        // Given
        var zone = ZoneId.of(change.zone());
        var schedule = Schedule.cron(expected.expression(), zone);
        var near = Duration.ofHours(26);
        var due = expected.within(change.at().minus(near), change.at().plus(Duration.ofDays(31)), zone);
        var probes = Stream.iterate(
                        change.at().minus(near),
                        at -> at.isBefore(change.at().plus(near)),
                        at -> at.plus(Duration.ofMinutes(29)))
                .filter(at -> due.higher(at) != null)
                .toList();

        // When
        var found = probes.stream().map(schedule::next).toList();

        // Then
        assertThat(zone.getRules().nextTransition(change.at().minusSeconds(1)).getInstant())
                .isEqualTo(change.at());
        assertThat(probes).hasSizeGreaterThan(100);
        assertThat(found).isEqualTo(probes.stream().map(due::higher).toList());
    }

    private static List<Instant> series(Schedule schedule, Instant after, int count) {
        return Stream.iterate(schedule.next(after), schedule::next).limit(count).toList();
    }

    private static List<String> local(List<Instant> times, ZoneId zone) {
        return times.stream()
                .map(time -> time.atZone(zone).toOffsetDateTime().toString())
                .toList();
    }

    /** When the clocks of a zone change. */
    private record Change(String zone, Instant at) {

        Change(String zone, String at) {
            this(zone, Instant.parse(at));
        }
    }

    /** An expression, and the same as a predicate. */
    private record Expected(String expression, Predicate<LocalDateTime> match) {

        private static final List<Expected> ALL = List.of(
                new Expected("30 2 * * *", at -> at.getMinute() == 30 && at.getHour() == 2),
                new Expected("0 0 * * *", at -> at.getMinute() == 0 && at.getHour() == 0),
                new Expected(
                        "*/20 1-3 * * *", at -> at.getMinute() % 20 == 0 && at.getHour() >= 1 && at.getHour() <= 3),
                new Expected("*/7 * * * *", at -> at.getMinute() % 7 == 0),
                new Expected("15 */2 * * *", at -> at.getMinute() == 15 && at.getHour() % 2 == 0),
                new Expected("30 0 1 * *", at -> at.getMinute() == 30 && at.getHour() == 0 && at.getDayOfMonth() == 1),
                new Expected(
                        "30 2 13 * 0",
                        at -> at.getMinute() == 30
                                && at.getHour() == 2
                                && (at.getDayOfMonth() == 13 || at.getDayOfWeek() == DayOfWeek.SUNDAY)),
                new Expected("30 * 1 * *", at -> at.getMinute() == 30 && at.getDayOfMonth() == 1));

        TreeSet<Instant> within(Instant begin, Instant end, ZoneId zone) {
            var anyHour = expression.split(" ", -1)[1].startsWith("*");
            var due = new TreeSet<Instant>();
            for (var at = begin.plusSeconds(60); at.isBefore(end); at = at.plusSeconds(60)) {
                var zoned = at.atZone(zone);
                var first = zoned.equals(zoned.withEarlierOffsetAtOverlap());
                if (match.test(zoned.toLocalDateTime()) && (anyHour || first)) {
                    due.add(at);
                }
            }
            for (var change = zone.getRules().nextTransition(begin);
                    change != null && change.getInstant().isBefore(end);
                    change = zone.getRules().nextTransition(change.getInstant())) {
                var gap = change;
                if (!anyHour
                        && change.isGap()
                        && Stream.iterate(
                                        gap.getDateTimeBefore(),
                                        at -> at.isBefore(gap.getDateTimeAfter()),
                                        at -> at.plusMinutes(1))
                                .anyMatch(match)) {
                    due.add(change.getInstant());
                }
            }
            return due;
        }
    }
}
