package dev.skelly.features.analytics;

import dev.skelly.feature.SchemaName;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The counts of a range of days.
 *
 * @param from first day, UTC
 * @param to last day, UTC
 * @param total number of events in the range
 * @param byType number of events by type
 * @param days the days with events, oldest first
 */
@SchemaName("AnalyticsSummary")
record EventSummary(LocalDate from, LocalDate to, long total, Map<String, Long> byType, List<AnalyticsDay> days) {

    /**
     * The counts of a day.
     *
     * @param total number of events of the day
     * @param byType number of events by type
     */
    record AnalyticsDay(LocalDate day, long total, Map<String, Long> byType) {}

    /** The number of events of a type on a day. */
    record Count(LocalDate day, String type, long count) {}

    /** Adds up counts. Each pair of day and type occurs at most once, in any order. */
    static EventSummary of(LocalDate from, LocalDate to, List<Count> counts) {
        var byType = new TreeMap<String, Long>();
        var byDay = new TreeMap<LocalDate, Map<String, Long>>();
        for (var count : counts) {
            byType.merge(count.type(), count.count(), Long::sum);
            byDay.computeIfAbsent(count.day(), day -> new TreeMap<>()).put(count.type(), count.count());
        }
        var days = new ArrayList<AnalyticsDay>();
        byDay.forEach((day, types) -> days.add(new AnalyticsDay(day, total(types), types)));
        return new EventSummary(from, to, total(byType), new LinkedHashMap<>(byType), days);
    }

    private static long total(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
