package dev.skelly.features.analytics;

import dev.skelly.feature.SchemaName;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What happened on some days.
 *
 * @param from first day, UTC
 * @param to last day, UTC
 * @param total events of these days
 * @param byType events of each type, by name
 * @param days the days on which something happened, oldest first
 */
@SchemaName("AnalyticsSummary")
record EventSummary(LocalDate from, LocalDate to, long total, Map<String, Long> byType, List<AnalyticsDay> days) {

    /**
     * One day.
     *
     * @param total its events
     * @param byType its events of each type, by name
     */
    record AnalyticsDay(LocalDate day, long total, Map<String, Long> byType) {}

    /** So many events of a type on a day. */
    record Count(LocalDate day, String type, long count) {}

    /** Adds up counts, each (day, type) at most once, in any order. */
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
