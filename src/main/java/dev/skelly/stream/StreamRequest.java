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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request for a stream.
 *
 * @param types terms of the type filter; empty for all
 * @param channels empty for all that the caller may read
 * @param named whether frames carry the event's type as their name
 * @param start the requested start
 * @param ticket null if there is none
 * @param poll whether the response ends with the first news
 */
record StreamRequest(
        List<String> types,
        List<String> channels,
        boolean named,
        StartPosition start,
        @Nullable String ticket,
        boolean poll) {

    private static final int CHANNELS_MAX = 128;

    /* Further fields tell of gaps and live messages. */
    private static final Map<String, Object> POLLED = Map.of(
            "type",
            "object",
            "properties",
            Map.of(
                    "items",
                    Map.of("type", "array", "items", Map.of("type", "object")),
                    "cursor",
                    Map.of("type", "string")),
            "required",
            List.of("items"));

    private static final Map<String, StartPosition> RESERVED =
            Map.of("earliest", new StartPosition.Earliest(), "latest", new StartPosition.Latest());

    /** Describes the route and its parameters for the API description. */
    static Route described(String path) {
        return Route.mounted("GET", path, Access.SIGNED_IN, "Stream events as Server-Sent Events")
                .tagged("stream")
                .detailed(
                        "The frames are described in `/asyncapi.json`: first `skelly.hello`, then the missed events, then"
                                + " `skelly.ready`, then live events. An `EventSource` reconnects by itself and misses nothing.")
                .signed(ApiDescription.Sign.BEARER, ApiDescription.Sign.SESSION_COOKIE, ApiDescription.Sign.TICKET)
                .parameter(
                        Parameter.list("types", "Only these types, comma-separated, each whole or ending in `.*`."),
                        Parameter.list("channels", "Only these channels, comma-separated."),
                        Parameter.query(
                                "named",
                                "Whether a frame carries the type as its event name.",
                                Map.of("type", "boolean", "default", true)),
                        Parameter.text("lastEventId", "A cursor, `earliest` or `latest`; without it `latest`."),
                        Parameter.text("after", "The same, under the name that other routes use."),
                        Parameter.query(
                                "mode",
                                "`poll` ends the response with the first events, or after 25 s: for networks that break streams.",
                                Map.of("type", "string", "enum", List.of("stream", "poll"), "default", "stream")),
                        Parameter.header("Last-Event-ID", "The same; overrides the query."))
                .response(
                        ResponseDescription.text(200, "text/event-stream")
                                .meaning("The stream; with `mode=poll` a JSON object with `items` and `cursor`."),
                        ResponseDescription.of(200, POLLED),
                        ResponseDescription.empty(204).meaning("The session has ended; a browser stops reconnecting."))
                .problem(Problem.Kind.MALFORMED, "malformed-query", "a query parameter is invalid")
                .problem(Problem.Kind.UNAUTHENTICATED, "no-token", "the request has no valid login")
                .problem(Problem.Kind.UNAUTHENTICATED, "signed-out", "the session was ended")
                .problem(Problem.Kind.UNAUTHENTICATED, "invalid-ticket", "the ticket is unknown, used or too old")
                .problem(
                        Problem.Kind.FORBIDDEN,
                        "forbidden",
                        "the caller may not read a channel, or may not use the ticket")
                .problem(Problem.Kind.INVALID, "invalid-input", "a type or a channel is unknown")
                .problem(Problem.Kind.TOO_MANY, "too-many-requests", "too many streams are open");
    }

    /** Describes the route of WebSockets. */
    static Route describedSocket(String path) {
        return Route.mounted("GET", path, Access.SIGNED_IN, "Open a WebSocket for events and requests")
                .tagged("stream")
                .detailed(
                        "The subprotocol is `skelly.v1.json`; the messages are described in `/asyncapi.json`. A connection reads nothing"
                                + " until it subscribes.")
                .signed(ApiDescription.Sign.BEARER, ApiDescription.Sign.SESSION_COOKIE, ApiDescription.Sign.TICKET)
                .response(ResponseDescription.empty(101).meaning("The connection speaks WebSocket from now on."))
                .problem(Problem.Kind.MALFORMED, "no-upgrade", "the request asks for no WebSocket")
                .problem(Problem.Kind.TOO_LARGE, "message-too-large", "in an answer: the message is longer than 96 KiB")
                .problem(Problem.Kind.UNAUTHENTICATED, "no-token", "the request has no valid login")
                .problem(Problem.Kind.FORBIDDEN, "forbidden", "the page or the ticket may not open this")
                .problem(Problem.Kind.TOO_MANY, "too-many-requests", "too many streams are open");
    }

    /**
     * Parses the query and the headers.
     *
     * @throws Problem 400 naming every invalid parameter
     */
    static StreamRequest of(HttpServerRequest request, CursorCodec cursors) {
        var faults = new ArrayList<FieldError>();
        var types = EventTypeFilter.split(list(request, "types"));
        if (tooLong(request, "types") || !EventTypeFilter.wellFormed(types)) {
            faults.add(new FieldError("types", "format", "must be up to 128 event types, each whole or ending in .*"));
        }
        var channels = EventTypeFilter.split(list(request, "channels")).stream()
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
        var mode = request.getParam("mode");
        if (mode != null && !mode.equals("poll") && !mode.equals("stream")) {
            faults.add(new FieldError("mode", "format", "must be stream or poll"));
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
        return new StreamRequest(
                types, channels, !"false".equals(named), start, request.getParam("ticket"), "poll".equals(mode));
    }

    /* A list may be sent several times, as the description of the route says. */
    private static @Nullable String list(HttpServerRequest request, String name) {
        var values = request.params().getAll(name);
        return values.isEmpty() ? null : String.join(",", values);
    }

    private static boolean tooLong(HttpServerRequest request, String list) {
        var text = list(request, list);
        return text != null && text.length() > Parameter.LIST_CHARS_MAX;
    }

    /* A browser that gets anything but 200 never reconnects, so the header that it repeats is never rejected. */
    private static StartPosition start(HttpServerRequest request, CursorCodec cursors, List<FieldError> faults) {
        var header = request.getHeader("Last-Event-ID");
        if (header != null && !header.isEmpty()) {
            var reserved = RESERVED.get(header);
            return reserved != null
                    ? reserved
                    : new StartPosition.After(cursors.read(header).orElseGet(Cursor.Foreign::new), cursors);
        }
        var name = request.getParam("lastEventId") == null ? "after" : "lastEventId";
        var query = request.getParam(name);
        return query == null || query.isEmpty()
                ? new StartPosition.Latest()
                : start(query, cursors).orElseGet(() -> {
                    faults.add(new FieldError(name, "format", "must be a cursor, earliest or latest"));
                    return new StartPosition.Latest();
                });
    }

    /** Reads a cursor or a reserved word; empty when the text is neither. */
    static Optional<StartPosition> start(String text, CursorCodec cursors) {
        return Optional.ofNullable(RESERVED.get(text))
                .or(() -> cursors.read(text).map(cursor -> new StartPosition.After(cursor, cursors)));
    }
}
