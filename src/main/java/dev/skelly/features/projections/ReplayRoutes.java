package dev.skelly.features.projections;

import dev.skelly.feature.Access;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.Ids;
import dev.skelly.feature.Parameter;
import dev.skelly.feature.Problem;
import dev.skelly.feature.ProjectionAdmin;
import dev.skelly.feature.QueryParameters;
import dev.skelly.feature.Replay;
import dev.skelly.feature.ReplayRequest;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.Route;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The routes under {@code /api/admin/replays}. */
final class ReplayRoutes {

    private static final String PATH = "/api/admin/replays";
    private static final String UNKNOWN = "no such replay";
    private static final int NAME_CHARS_MAX = 100;
    private static final int SUBJECT_CHARS_MAX = 200;
    private static final int TYPES_MAX = 50;

    private static final BodySchema BODY = BodySchema.of(
                    optional("worker", text(NAME_CHARS_MAX)),
                    optional("projection", text(NAME_CHARS_MAX)),
                    optional("from", position()),
                    optional("to", position()),
                    optional(
                            "types",
                            Map.of(
                                    "type",
                                    "array",
                                    "items",
                                    text(NAME_CHARS_MAX),
                                    "minItems",
                                    1,
                                    "maxItems",
                                    TYPES_MAX)),
                    optional("subject", text(SUBJECT_CHARS_MAX)),
                    optional("rate", Map.of("type", "integer", "minimum", 1, "maximum", ReplayRequest.RATE_MAX)))
            .named("NewReplay");

    private final ProjectionAdmin admin;

    ReplayRoutes(ProjectionAdmin admin) {
        this.admin = admin;
    }

    /** Response body of the list. */
    record ReplayList(List<Replay> items) {}

    private static BodySchema.Field optional(String name, Map<String, Object> schema) {
        return new BodySchema.Field(name, false, schema);
    }

    private static Map<String, Object> text(int max) {
        return Map.of("type", "string", "minLength", 1, "maxLength", max);
    }

    private static Map<String, Object> position() {
        return Map.of("type", "integer", "minimum", 1, "maximum", Long.MAX_VALUE);
    }

    List<Route> all() {
        return List.of(
                Route.of("GET", PATH, Access.ADMIN, "List replays, newest first", this::list)
                        .parameter(Parameter.limit(QueryParameters.LIMIT_DEFAULT, QueryParameters.LIMIT_MAX))
                        .response(200, ReplayList.class),
                Route.of("POST", PATH, Access.ADMIN, "Begin the dry run of a replay", this::start)
                        .detailed(
                                "The dry run counts the events, and shows what would change: the commands of a worker, or the rows of a"
                                        + " projection side by side. Nothing is changed before the run.")
                        .body(BODY)
                        .idempotent()
                        .response(ResponseDescription.of(202, Replay.class).with("Location", "The URL of the replay."))
                        .problem(Problem.Kind.CONFLICT, "not-replayable", "the target may not repeat its effects")
                        .problem(Problem.Kind.CONFLICT, "replay-busy", "a replay to the target goes on"),
                Route.of("GET", PATH + "/{id}", Access.ADMIN, "Get a replay, its progress and its report", this::one)
                        .response(200, Replay.class)
                        .problem(Problem.Kind.NOT_FOUND, "not-found", UNKNOWN),
                turning("run", "Run a replay after its dry run")
                        .problem(Problem.Kind.CONFLICT, "replay-busy", "another replay to the target goes on"),
                turning("cancel", "Cancel a replay"));
    }

    private Route turning(String verb, String summary) {
        return Route.of("POST", PATH + "/{id}/" + verb, Access.ADMIN, summary, request -> turn(request, verb))
                .response(ResponseDescription.of(202, Replay.class))
                .problem(Problem.Kind.NOT_FOUND, "not-found", UNKNOWN)
                .problem(Problem.Kind.CONFLICT, "wrong-state", "the replay is in another state; the detail names it");
    }

    private Future<Response> list(Request request) {
        var parameters = new QueryParameters(request);
        var limit = parameters.limit();
        parameters.check();
        return admin.replays(limit).map(all -> Response.ok(new ReplayList(all)));
    }

    private Future<Response> start(Request request) {
        return admin.start(request.body(ReplayRequest.class), false, request.cause())
                .map(replay -> Response.accepted(replay).header("Location", PATH + "/" + replay.id()));
    }

    private Future<Response> one(Request request) {
        return admin.find(id(request)).map(Response::ok);
    }

    private Future<Response> turn(Request request, String verb) {
        var id = id(request);
        return (verb.equals("run") ? admin.run(id, request.cause()) : admin.cancel(id, request.cause()))
                .map(Response::accepted);
    }

    private static UUID id(Request request) {
        return Ids.read(request.path("id")).orElseThrow(() -> Problem.notFound(UNKNOWN));
    }
}
