package dev.skelly.stream;

import dev.skelly.eventlog.Cursor;
import dev.skelly.eventlog.CursorCodec;
import dev.skelly.feature.Access;
import dev.skelly.feature.ApiDescription;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Parameter;
import dev.skelly.feature.Problem;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.Route;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request for a stream asks for.
 *
 * @param types terms of the type filter; none for all
 * @param channels none for all that the caller may read
 * @param named whether frames carry the event's type as their name
 * @param start from where
 * @param ticket null where there is none
 */
record StreamRequest(
        List<String> types,
        List<String> channels,
        boolean named,
        StartPosition start,
        @Nullable String ticket) {

    private static final int CHANNELS_MAX = 128;
    private static final Map<String, StartPosition> RESERVED =
            Map.of("earliest", new StartPosition.Earliest(), "latest", new StartPosition.Latest());

    /** What may be asked, in the words of the API description. */
    static Route described(String path) {
        return Route.mounted("GET", path, Access.SIGNED_IN, "Events as they happen, as Server-Sent Events")
                .tagged("stream")
                .detailed(
                        "The frames are described in `/asyncapi.json`: first `skelly.hello`, then what was missed, then"
                                + " `skelly.ready`, then live. An `EventSource` comes back by itself and misses nothing.")
                .signed(ApiDescription.Sign.BEARER, ApiDescription.Sign.SESSION_COOKIE, ApiDescription.Sign.TICKET)
                .parameter(
                        Parameter.list("types", "Only these types, comma-separated, each whole or ending in `.*`."),
                        Parameter.list("channels", "Only these channels, comma-separated."),
                        Parameter.query(
                                "named",
                                "Whether a frame carries the type as its event name.",
                                Map.of("type", "boolean", "default", true)),
                        Parameter.text("lastEventId", "A cursor, `earliest` or `latest`; without it `latest`."),
                        Parameter.header("Last-Event-ID", "The same; wins over the query."))
                .response(
                        ResponseDescription.text(200, "text/event-stream"),
                        ResponseDescription.empty(204).meaning("The sign-in has ended; a browser stops coming back."))
                .problem(Problem.Kind.MALFORMED, "malformed-query", "a query parameter is not as described")
                .problem(Problem.Kind.UNAUTHENTICATED, "no-token", "nobody is signed in")
                .problem(Problem.Kind.UNAUTHENTICATED, "signed-out", "the sign-in was ended")
                .problem(Problem.Kind.UNAUTHENTICATED, "invalid-ticket", "the ticket is unknown, used or too old")
                .problem(Problem.Kind.FORBIDDEN, "forbidden", "a channel or the ticket is not the caller's")
                .problem(Problem.Kind.TOO_MANY, "too-many-requests", "too many streams are open");
    }

    /**
     * Reads the query and the headers.
     *
     * @throws Problem 400 naming every parameter that is not as expected
     */
    static StreamRequest of(HttpServerRequest request, CursorCodec cursors) {
        var faults = new ArrayList<FieldError>();
        var types = EventTypeFilter.split(request.getParam("types"));
        if (tooLong(request, "types") || !EventTypeFilter.wellFormed(types)) {
            faults.add(new FieldError("types", "format", "must be up to 128 event types, each whole or ending in .*"));
        }
        var channels = EventTypeFilter.split(request.getParam("channels")).stream()
                .distinct()
                .toList();
        if (tooLong(request, "channels")
                || channels.size() > CHANNELS_MAX
                || channels.stream().anyMatch(String::isEmpty)) {
            faults.add(new FieldError("channels", "format", "must be up to 128 channels"));
        }
        var named = request.getParam("named");
        if (named != null && !named.equals("true") && !named.equals("false")) {
            faults.add(new FieldError("named", "format", "must be true or false"));
        }
        var start = start(request, cursors, faults);
        if (!faults.isEmpty()) {
            throw new Problem(
                    Problem.Kind.MALFORMED,
                    "malformed-query",
                    "some query parameters are not as expected",
                    faults,
                    null);
        }
        return new StreamRequest(types, channels, !"false".equals(named), start, request.getParam("ticket"));
    }

    private static boolean tooLong(HttpServerRequest request, String list) {
        var text = request.getParam(list);
        return text != null && text.length() > Parameter.LIST_CHARS_MAX;
    }

    /* A browser that gets anything but 200 gives up for good, so what it repeats in its header is never refused. */
    private static StartPosition start(HttpServerRequest request, CursorCodec cursors, List<FieldError> faults) {
        var header = request.getHeader("Last-Event-ID");
        if (header != null && !header.isEmpty()) {
            var reserved = RESERVED.get(header);
            return reserved != null
                    ? reserved
                    : new StartPosition.After(cursors.read(header).orElseGet(Cursor.Foreign::new));
        }
        var query = request.getParam("lastEventId");
        if (query == null || query.isEmpty()) {
            return new StartPosition.Latest();
        }
        var reserved = RESERVED.get(query);
        if (reserved != null) {
            return reserved;
        }
        var cursor = cursors.read(query);
        if (cursor.isEmpty()) {
            faults.add(new FieldError("lastEventId", "format", "must be a cursor, earliest or latest"));
        }
        return new StartPosition.After(cursor.orElseGet(Cursor.Foreign::new));
    }
}
