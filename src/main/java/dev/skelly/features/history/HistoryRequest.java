package dev.skelly.features.history;

import dev.skelly.eventlog.Cursor;
import dev.skelly.eventlog.CursorCodec;
import dev.skelly.feature.Problem;
import dev.skelly.feature.QueryParameters;
import dev.skelly.feature.Request;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request for history. Nulls and empty lists do not filter.
 *
 * @param after where the page starts; null for the start of the log
 * @param before where the page ends, with the newest first; null for the end of the log
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
        @Nullable Cursor before,
        boolean newestFirst,
        int limit) {

    private static final Set<String> ORDERS = Set.of("asc", "desc");
    private static final int TERMS_MAX = 128;
    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)*(\\.\\*)?");

    /**
     * Parses the parameters of a request.
     *
     * @throws Problem with all errors
     */
    static HistoryRequest of(Request request, CursorCodec cursors) {
        var reader = new QueryParameters(request);
        var types = reader.list("type", "up to 128 event types, each whole or ending in .*", HistoryRequest::types);
        var channels = reader.list("channels", "up to 128 channels", HistoryRequest::terms);
        var order = reader.value("order", "asc or desc", text -> ORDERS.contains(text) ? text : null);
        var newestFirst = "desc".equals(order);
        var before = reader.value(
                "before", "a cursor of this log, with order=desc", text -> newestFirst ? cursor(text, cursors) : null);
        var asked = new HistoryRequest(
                types == null ? List.of() : types,
                channels == null ? List.of() : channels,
                reader.value("subject", "kind:id", text -> text),
                reader.id("correlation", "a UUID"),
                reader.id("actor", "an account's id"),
                reader.time("since"),
                reader.time("until"),
                reader.value("after", "a cursor of this log", text -> cursor(text, cursors)),
                before,
                newestFirst,
                reader.limit());
        reader.check();
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

    /* Rejects cursors of other logs and forged ones. */
    private static @Nullable Cursor cursor(String text, CursorCodec cursors) {
        var cursor = cursors.read(text).orElse(null);
        var sound = cursor instanceof Cursor.Write || (cursor instanceof Cursor.Position at && at.position() >= 0);
        return sound ? cursor : null;
    }
}
