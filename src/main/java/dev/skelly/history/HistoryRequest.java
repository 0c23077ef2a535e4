package dev.skelly.history;

import dev.skelly.feature.Fault;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Request;
import dev.skelly.log.Cursor;
import dev.skelly.log.Cursors;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request for history asks for; nulls and empty lists stand for all.
 *
 * @param after where the page begins; null for the beginning of the log
 */
record HistoryRequest(
        List<String> types,
        List<String> channels,
        @Nullable String subject,
        @Nullable UUID correlation,
        @Nullable UUID actor,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable Cursor after,
        int limit) {

    static final int LIMIT_DEFAULT = 50;
    static final int LIMIT_MAX = 200;
    private static final int TERMS_MAX = 128;
    private static final int CHARS_MAX = 8_000;
    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)*(\\.\\*)?");
    private static final Pattern LIMIT = Pattern.compile("[1-9]\\d{0,2}");
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private record Reading(Request request, List<Fault> faults) {

        <T> @Nullable T value(String name, String expected, Function<String, @Nullable T> read) {
            var text = request.query(name).orElse(null);
            if (text == null) {
                return null;
            }
            var value = text.length() > CHARS_MAX || text.isEmpty() ? null : read.apply(text);
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
    static HistoryRequest of(Request request, Cursors cursors) {
        var faults = new ArrayList<Fault>();
        var reading = new Reading(request, faults);
        var types = reading.value("type", "up to 128 event types, each whole or ending in .*", HistoryRequest::types);
        var channels = reading.value("channels", "up to 128 channels", HistoryRequest::terms);
        var limit = reading.value("limit", "a number from 1 to " + LIMIT_MAX, HistoryRequest::limit);
        var asked = new HistoryRequest(
                types == null ? List.of() : types,
                channels == null ? List.of() : channels,
                reading.value("subject", "kind:id", text -> text),
                reading.value("correlation", "a UUID", HistoryRequest::id),
                reading.value("actor", "an account's id", HistoryRequest::id),
                reading.value("since", "an RFC 3339 time", HistoryRequest::time),
                reading.value("until", "an RFC 3339 time", HistoryRequest::time),
                reading.value("after", "a cursor of this log", text -> cursor(text, cursors)),
                limit == null ? LIMIT_DEFAULT : limit);
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
        return asked;
    }

    private static @Nullable List<String> terms(String text) {
        var terms =
                Arrays.stream(text.split(",", -1)).map(String::strip).distinct().toList();
        return terms.size() > TERMS_MAX || terms.contains("") ? null : terms;
    }

    private static @Nullable List<String> types(String text) {
        var terms = terms(text);
        return terms != null
                        && terms.stream().allMatch(term -> TYPE.matcher(term).matches())
                ? terms
                : null;
    }

    static @Nullable UUID id(String text) {
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

    /* Somebody else's cursor, and one that was made up, are none. */
    private static @Nullable Cursor cursor(String text, Cursors cursors) {
        var cursor = cursors.read(text).orElse(null);
        var sound = cursor instanceof Cursor.Write || (cursor instanceof Cursor.Position at && at.position() >= 0);
        return sound ? cursor : null;
    }
}
