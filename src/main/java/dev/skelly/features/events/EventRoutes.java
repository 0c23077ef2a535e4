package dev.skelly.features.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.cloudevents.CloudEventAttributes;
import dev.skelly.cloudevents.ContentMode;
import dev.skelly.event.CommandContext;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.eventlog.AppendResult;
import dev.skelly.feature.Access;
import dev.skelly.feature.ApiDescription;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.EventEmitter;
import dev.skelly.feature.Principal;
import dev.skelly.feature.Problem;
import dev.skelly.feature.RateLimit;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.Route;
import dev.skelly.ratelimit.ClientNetwork;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The route {@code POST /api/events}, and the same for other protocols. */
final class EventRoutes implements EventEmitter {

    private static final int PERIOD_SECONDS = 10;

    private final EventValidator acceptance;
    private final LongValidation validation;
    private final AppendBatcher appender;
    private final SequencingLag lag;
    private final Supplier<UUID> ids;
    private final int permits;
    private final int requestMax;

    EventRoutes(
            EventValidator acceptance,
            LongValidation validation,
            AppendBatcher appender,
            SequencingLag lag,
            EventsConfig config,
            Supplier<UUID> ids) {
        this.ids = ids;
        this.acceptance = acceptance;
        this.validation = validation;
        this.appender = appender;
        this.lag = lag;
        this.permits = config.perSecond() * PERIOD_SECONDS;
        this.requestMax = Math.min(config.requestMax(), permits); // A larger request could never pass the rate limit.
    }

    @Override
    public RateLimit limit() {
        return new RateLimit("events", permits, Duration.ofSeconds(PERIOD_SECONDS), EventRoutes::who, this::events);
    }

    @Override
    public Future<EmittedEvent> emit(JsonNode event, Principal caller, CommandContext cause) {
        return Future.succeededFuture(event)
                .map(EmitRequest::own)
                .compose(incoming -> append(incoming, Optional.of(caller), cause, ids))
                .map(accepted -> new EmittedEvent(accepted.id(), accepted.position()));
    }

    List<Route> all(Supplier<EventTypeRegistry> eventTypes) {
        var limit = limit();
        return List.of(Route.of("POST", "/api/events", Access.ANYONE, "Emit one event or several events", this::emit)
                .body(new BodySchema(Map.of(), true)) // A CloudEvent in binary mode may have no data.
                .announcedAs("text/plain", CloudEventAttributes.STRUCTURED, CloudEventAttributes.BATCH)
                .allowSessionCookie()
                .idempotent()
                .limited(limit)
                .tagged("events")
                .signed(ApiDescription.Sign.BEARER, ApiDescription.Sign.SESSION_COOKIE)
                .reading(() -> EmitBodySchemas.all(eventTypes.get()))
                .response(
                        ResponseDescription.of(202, EmitResponse.EventAccepted.class)
                                .meaning("The event is in the log."),
                        ResponseDescription.of(202, EmitResponse.EventResultList.class)
                                .meaning("Each event was accepted or rejected independently."))
                .problem(
                        Problem.Kind.UNAUTHENTICATED,
                        "sign-in-required",
                        "the type may not be emitted without a session")
                .problem(
                        Problem.Kind.FORBIDDEN, "forbidden", "the caller may not emit this type, or about this subject")
                .problem(Problem.Kind.TOO_LARGE, "event-too-large", "the data of the event is too long")
                .problem(
                        Problem.Kind.UNAVAILABLE,
                        SequencingLag.CODE,
                        "events wait for their positions for longer than relay.lag-max")
                .problem(Problem.Kind.CONFLICT, "id-taken", "another event has the id")
                .problem(
                        Problem.Kind.INVALID,
                        "invalid-input",
                        "the type is unknown, or the data does not match its schema")
                .detailed("""
                        The answer comes after the commit. An `id` that is sent again with the same content gets the same answer; with \
                        other content 409. A body `{"items":[…]}` holds several. CloudEvents 1.0 are taken structured, in batches, and \
                        binary, with any media type of JSON; an empty batch gets no items. Who acted, when and from where is stamped here.
                        """));
    }

    private static String who(Request request) {
        return request.caller()
                .map(caller -> caller.account().toString())
                .orElseGet(() -> ClientNetwork.of(request.address()));
    }

    /* A request that is rejected as a whole counts as one event. */
    private int events(Request request) {
        var body = request.body(JsonNode.class);
        var mode = ContentMode.of(request);
        var events =
                mode == ContentMode.BATCH ? body : mode == ContentMode.NONE && list(body) ? body.path("items") : null;
        return events != null && inBounds(events) ? events.size() : 1;
    }

    private static boolean list(JsonNode body) {
        return body.size() == 1 && body.has("items");
    }

    private boolean inBounds(JsonNode events) {
        return events.isArray() && !events.isEmpty() && events.size() <= requestMax;
    }

    private Future<Response> emit(Request request) {
        var body = request.body(JsonNode.class);
        return switch (ContentMode.of(request)) {
            case BATCH -> several(request, body, true);
            case STRUCTURED -> one(request, EmitRequest.structured(body));
            case BINARY -> one(request, EmitRequest.binary(request, body));
            case NONE -> list(body) ? several(request, body.path("items"), false) : one(request, EmitRequest.own(body));
        };
    }

    private Future<Response> one(Request request, EmitRequest incoming) {
        return append(incoming, request.caller(), request.cause(), request::newId)
                .map(Response::accepted);
    }

    private Future<EmitResponse.EventAccepted> append(
            EmitRequest incoming, Optional<Principal> caller, CommandContext cause, Supplier<UUID> newIds) {
        requireKeptUp();
        return validation
                .run(budget -> acceptance.check(incoming, caller, cause, newIds, budget))
                .compose(event -> appender.append(List.of(event)))
                .map(appended -> accepted(appended.get(0)));
    }

    static EmitResponse.EventAccepted accepted(AppendEvents.Appended appended) {
        var fate = appended.fate();
        if (fate == null) {
            throw Problem.unavailable("the type is being changed; try again", Duration.ofSeconds(5));
        }
        if (fate == AppendResult.Fate.CLASHING) {
            throw taken();
        }
        return new EmitResponse.EventAccepted(appended.id(), appended.position());
    }

    static Problem taken() {
        return Problem.conflict("id-taken", "another event has the id; choose a new one");
    }

    private Future<Response> several(Request request, JsonNode events, boolean cloud) {
        var nothing = cloud && events.isArray() && events.isEmpty(); // A batch of CloudEvents may be empty.
        if (!nothing && !inBounds(events)) {
            throw Problem.invalid(
                    cloud ? "#" : "#/items",
                    "items",
                    "must be a list of " + (cloud ? 0 : 1) + " to " + requestMax + " events");
        }
        requireKeptUp();
        var caller = request.caller();
        var cause = request.cause();
        return validation
                .run(budget -> {
                    var batch = new EmitBatch();
                    events.forEach(event -> batch.add(
                            () -> acceptance.check(read(event, cloud), caller, cause, request::newId, budget)));
                    return batch;
                })
                .compose(batch -> batch.append(appender))
                .map(items -> Response.accepted(new EmitResponse.EventResultList(items)));
    }

    private void requireKeptUp() {
        lag.refusal().ifPresent(problem -> {
            throw problem;
        });
    }

    private static EmitRequest read(JsonNode event, boolean cloud) {
        var structured = cloud || event.has(CloudEventAttributes.SPECVERSION);
        return structured ? EmitRequest.structured(event) : EmitRequest.own(event);
    }
}
