package dev.skelly.audit;

import dev.skelly.feature.Fault;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Query;
import dev.skelly.feature.Request;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What was done? A null asks for all.
 *
 * @param act whole, or a family such as {@code user.*}
 * @param since not before
 * @param until before
 * @param before only acts noted before this one; null from the newest
 * @param limit at most so many
 */
record ListActs(
        @Nullable String act,
        @Nullable UUID actor,
        @Nullable String target,
        @Nullable String address,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable UUID before,
        int limit)
        implements Query<AuditPage> {

    static final int LIMIT_DEFAULT = 50;
    static final int LIMIT_MAX = 200;
    private static final int TEXT_CHARS_MAX = 200;
    private static final Pattern ACT = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)*(\\.\\*)?");
    private static final Pattern LIMIT = Pattern.compile("[1-9]\\d{0,2}");
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /** What a caller wrote, one after the other, with every fault found on the way. */
    private record Reading(Request request, List<Fault> faults) {

        <T> @Nullable T value(String name, String expected, Function<String, @Nullable T> read) {
            var text = request.query(name).orElse(null);
            if (text == null) {
                return null;
            }
            var value = text.length() > TEXT_CHARS_MAX ? null : read.apply(text);
            if (value == null) {
                faults.add(new Fault(name, "format", "must be " + expected));
            }
            return value;
        }
    }

    /**
     * Reads what a caller wrote.
     *
     * @throws Problem naming every fault
     */
    static ListActs of(Request request) {
        var faults = new ArrayList<Fault>();
        var reading = new Reading(request, faults);
        var limit = reading.value("limit", "a number from 1 to " + LIMIT_MAX, ListActs::limit);
        var query = new ListActs(
                reading.value("act", "an act, whole or ending in .*", text -> matching(ACT, text)),
                reading.value("actor", "an account's id", ListActs::id),
                reading.value("target", "kind:id, up to " + TEXT_CHARS_MAX + " characters", text -> text),
                reading.value("address", "up to " + TEXT_CHARS_MAX + " characters", text -> text),
                reading.value("since", "an RFC 3339 time", ListActs::time),
                reading.value("until", "an RFC 3339 time", ListActs::time),
                reading.value("cursor", "the nextCursor of an earlier answer", ListActs::id),
                limit == null ? LIMIT_DEFAULT : limit);
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
        return query;
    }

    private static @Nullable String matching(Pattern form, String text) {
        return form.matcher(text).matches() ? text : null;
    }

    private static @Nullable UUID id(String text) {
        return ID.matcher(text).matches() ? UUID.fromString(text) : null;
    }

    private static @Nullable Integer limit(String text) {
        var number = LIMIT.matcher(text).matches() ? Integer.parseInt(text) : Integer.MAX_VALUE;
        return number > LIMIT_MAX ? null : number;
    }

    private static @Nullable Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
