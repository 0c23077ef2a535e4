package dev.skelly.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skelly.event.Json;
import dev.skelly.feature.Access;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.Parameter;
import dev.skelly.feature.Principal;
import dev.skelly.feature.Problem;
import dev.skelly.feature.QueryParameters;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.Route;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The routes of signals and presence, for clients that have no WebSocket. */
final class TopicRoutes {

    private static final String PRESENCE = "/api/presence/{channel}";
    private static final int HOLDER_CHARS_MAX = 100;
    private static final ObjectMapper JSON = Json.mapper();

    private final LiveTopics topics;

    TopicRoutes(LiveTopics topics) {
        this.topics = topics;
    }

    List<Route> all() {
        return List.of(
                Route.of(
                                "POST",
                                "/api/channels/{channel}/signals",
                                Access.SIGNED_IN,
                                "Send a signal to a topic",
                                this::signal)
                        .tagged("presence")
                        .detailed(
                                "Live readers of the topic get it, on all nodes. It is not stored: a reader who is away misses it.")
                        .body(BodySchema.of(
                                BodySchema.text("name", 1, 64), new BodySchema.Field("data", false, Map.of())))
                        .response(202, SignalSent.class)
                        .problem(Problem.Kind.FORBIDDEN, "forbidden", "the caller may not send signals to this topic")
                        .problem(Problem.Kind.TOO_LARGE, "signal-too-large", "the data is longer than 8 KiB"),
                described(Route.of("GET", PRESENCE, Access.SIGNED_IN, "List who is present in a topic", this::list))
                        .parameter(
                                Parameter.text("after", "The `nextCursor` of the page before."),
                                Parameter.limit(QueryParameters.LIMIT_DEFAULT, QueryParameters.LIMIT_MAX))
                        .response(200, PresenceList.class),
                described(Route.of("PUT", PRESENCE, Access.SIGNED_IN, "Be present in a topic", this::enter))
                        .detailed(
                                "The presence ends after 30 s unless the request is repeated. A client with several tabs names each"
                                        + " by `holder`; the person leaves with the last one.")
                        .body(BodySchema.of(
                                new BodySchema.Field("state", true, Map.of("type", "object")),
                                BodySchema.line("holder", HOLDER_CHARS_MAX).optional()))
                        .response(200, PresenceList.class)
                        .problem(Problem.Kind.TOO_LARGE, "state-too-large", "the state is longer than 2 KiB"),
                described(Route.of("DELETE", PRESENCE, Access.SIGNED_IN, "Leave a topic", this::leave))
                        .parameter(Parameter.text("holder", "The tab that leaves."))
                        .response(ResponseDescription.empty(204)));
    }

    private static Route described(Route route) {
        return route.tagged("presence")
                .problem(Problem.Kind.FORBIDDEN, "forbidden", "the caller may not be present in this topic");
    }

    /** Request body of a signal. */
    record SignalForm(String name, @Nullable JsonNode data) {}

    /** Response body of a signal. */
    record SignalSent(boolean sent) {}

    /** Request body of a presence. */
    record PresenceForm(JsonNode state, @Nullable String holder) {}

    /** A person who is present. */
    record PresentUser(UUID id, @Nullable String name, Object state, Instant since) {}

    /**
     * People who are present, ascending by id.
     *
     * @param total all who are present
     * @param nextCursor null on the last page
     */
    record PresenceList(
            List<PresentUser> items, int total, @Nullable String nextCursor) {}

    private Future<Response> signal(Request request) {
        var form = request.body(SignalForm.class);
        return topics.signal(request.principal(), request.path("channel"), form.name(), form.data())
                .map(sent -> new Response(202, List.of(), List.of(), new SignalSent(true)));
    }

    private Future<Response> list(Request request) {
        var parameters = new QueryParameters(request);
        var limit = parameters.limit();
        var after = parameters.id("after", "the nextCursor of the page before");
        parameters.check();
        return topics.people(request.principal(), request.path("channel"), Optional.ofNullable(after), limit)
                .map(TopicRoutes::response);
    }

    private Future<Response> enter(Request request) {
        var form = request.body(PresenceForm.class);
        var caller = request.principal();
        return topics.enter(
                        caller,
                        request.path("channel"),
                        form.state(),
                        holder(caller, Optional.ofNullable(form.holder())),
                        false)
                .map(TopicRoutes::response);
    }

    private Future<Response> leave(Request request) {
        var caller = request.principal();
        var parameters = new QueryParameters(request);
        var holder = parameters.value(
                "holder",
                "a text of at most " + HOLDER_CHARS_MAX + " characters",
                text -> text.length() > HOLDER_CHARS_MAX ? null : text);
        parameters.check();
        return topics.leave(caller, request.path("channel"), holder(caller, Optional.ofNullable(holder)))
                .map(left -> Response.noContent());
    }

    /* The account is part of it: no caller can end what another one keeps up. */
    private static String holder(Principal caller, Optional<String> named) {
        return "request " + caller.account() + " "
                + named.orElse(caller.session().toString());
    }

    private static Response response(PresenceRegistry.PresencePage page) {
        var items = page.items().stream()
                .map(one -> new PresentUser(one.id(), one.name(), state(one.state()), one.since()))
                .toList();
        return Response.ok(new PresenceList(
                        items, page.total(), page.next().map(UUID::toString).orElse(null)))
                .header("Cache-Control", "no-store");
    }

    private static Object state(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the state was written as JSON", e);
        }
    }
}
