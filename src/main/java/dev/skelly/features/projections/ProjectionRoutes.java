package dev.skelly.features.projections;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.feature.Access;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.JsonDifference;
import dev.skelly.feature.LogPoint;
import dev.skelly.feature.Parameter;
import dev.skelly.feature.Platform;
import dev.skelly.feature.Problem;
import dev.skelly.feature.ProjectionAdmin;
import dev.skelly.feature.ProjectionStatus;
import dev.skelly.feature.QueryParameters;
import dev.skelly.feature.Replay;
import dev.skelly.feature.ReplayRequest;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.Route;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The routes under {@code /api/admin/projections}. */
final class ProjectionRoutes {

    private static final String PATH = "/api/admin/projections";
    private static final String UNKNOWN = "no such projection";

    private final ProjectionAdmin admin;
    private final CommandBus commands;
    private final Platform platform;

    ProjectionRoutes(ProjectionAdmin admin, Platform platform) {
        this.admin = admin;
        this.commands = platform.commands();
        this.platform = platform;
    }

    /** Response body of the list. */
    record ProjectionList(List<ProjectionStatus> items) {}

    /**
     * Response body of the rows of a subject.
     *
     * @param at the rows of each table then
     * @param to the rows at the second point; null without one
     * @param changes what differs between both
     */
    record ProjectionRows(JsonNode at, @Nullable JsonNode to, List<JsonDifference> changes) {}

    List<Route> all() {
        return List.of(
                Route.of("GET", PATH, Access.ADMIN, "List projections", request -> list())
                        .response(200, ProjectionList.class),
                Route.of(
                                "POST",
                                PATH + "/{name}/rebuild",
                                Access.ADMIN,
                                "Rebuild a projection beside its tables, and switch",
                                this::rebuild)
                        .response(ResponseDescription.of(202, Replay.class))
                        .problem(Problem.Kind.NOT_FOUND, "not-found", UNKNOWN)
                        .problem(Problem.Kind.CONFLICT, "not-replayable", "the projection is live")
                        .problem(Problem.Kind.CONFLICT, "replay-busy", "a replay to it goes on"),
                pausing("pause", "Pause an asynchronous projection", true),
                pausing("resume", "Let a projection go on, at once", false),
                Route.of(
                                "GET",
                                PATH + "/{name}/rows",
                                Access.ADMIN,
                                "Compute a projection for one subject, as it is or was",
                                this::rows)
                        .parameter(
                                Parameter.text("subject", "Whose events are applied, such as `order:…`; required."),
                                Parameter.text("at", "A time (RFC 3339) or a cursor; without it, now."),
                                Parameter.text("to", "A second point: the response shows the difference."))
                        .response(200, ProjectionRows.class)
                        .problem(Problem.Kind.NOT_FOUND, "not-found", UNKNOWN)
                        .problem(Problem.Kind.CONFLICT, "too-many-events", "the subject has more events than are read")
                        .problem(Problem.Kind.CONFLICT, RebuildTable.FAILED, "the projection cannot apply an event"));
    }

    private Route pausing(String verb, String summary, boolean paused) {
        return Route.of("POST", PATH + "/{name}/" + verb, Access.ADMIN, summary, request -> pause(request, paused))
                .response(ResponseDescription.empty(204))
                .problem(Problem.Kind.NOT_FOUND, "not-found", UNKNOWN)
                .problem(Problem.Kind.CONFLICT, "projection-kind", "the projection is not asynchronous");
    }

    private Future<Response> list() {
        return admin.projections().map(all -> Response.ok(new ProjectionList(all)));
    }

    private Future<Response> rebuild(Request request) {
        var name = request.path("name");
        return admin.projections().compose(all -> {
            if (all.stream().noneMatch(each -> each.name().equals(name))) {
                throw Problem.notFound(UNKNOWN);
            }
            return admin.start(ReplayRequest.rebuild(name), true, request.cause())
                    .map(Response::accepted);
        });
    }

    private Future<Response> pause(Request request, boolean paused) {
        return admin.pause(request.path("name"), paused, request.cause()).map(done -> Response.noContent());
    }

    private Future<Response> rows(Request request) {
        return platform.log()
                .cursors()
                .compose(cursors -> {
                    var parameters = new QueryParameters(request);
                    var subject = parameters.value("subject", "a subject, such as order:…", text -> text);
                    var at = LogPoint.read(parameters, "at", cursors);
                    var to = LogPoint.read(parameters, "to", cursors);
                    parameters.check();
                    if (subject == null) {
                        throw Problem.invalid("subject", "required", "must be a subject, such as order:…");
                    }
                    return rows(request, subject, at)
                            .compose(then -> to.value() == null
                                    ? Future.succeededFuture(new ProjectionRows(then, null, List.of()))
                                    : rows(request, subject, to)
                                            .map(later -> new ProjectionRows(
                                                    then, later, JsonDifference.between(then, later))));
                })
                .map(Response::ok);
    }

    private Future<JsonNode> rows(Request request, String subject, LogPoint.Named at) {
        return LogPoint.of(at, platform.log(), platform.clock())
                .compose(point ->
                        commands.send(new ReadProjectionRows(request.path("name"), subject, point), request.cause()))
                .map(done -> done.result().tables());
    }
}
