package dev.skelly.features.deadletters;

import dev.skelly.feature.Access;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.EntityTag;
import dev.skelly.feature.Ids;
import dev.skelly.feature.Parameter;
import dev.skelly.feature.Problem;
import dev.skelly.feature.QueryParameters;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.Route;
import dev.skelly.worker.DeadLetter;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The routes under {@code /api/admin/dead-letters}. */
final class DeadLetterRoutes {

    private static final String PATH = "/api/admin/dead-letters";
    private static final int REASON_CHARS_MAX = 500;
    private static final String NOT_OPEN = "the dead letter was retried or discarded already";
    private static final List<String> FILTERS = List.of("worker", "state", "limit");
    private static final List<String> STATES = List.of(DeadLetter.OPEN, DeadLetter.RETRIED, DeadLetter.DISCARDED);

    /** Request body of a discard. */
    record Discard(String reason) {}

    /** Response body of a retry. */
    record DeadLetterRetried(UUID id) {}

    private final CommandBus commands;

    DeadLetterRoutes(CommandBus commands) {
        this.commands = commands;
    }

    List<Route> all() {
        return List.of(
                Route.of("GET", PATH, Access.ADMIN, "List dead letters, newest first", this::list)
                        .parameter(
                                Parameter.text("worker", "Only dead letters of this worker."),
                                Parameter.query("state", "Only dead letters in this state.", Map.of("enum", STATES)),
                                Parameter.cursor(),
                                Parameter.limit(QueryParameters.LIMIT_DEFAULT, QueryParameters.LIMIT_MAX))
                        .response(ResponseDescription.of(200, DeadLetterPage.class)
                                .paged()),
                Route.of("GET", PATH + "/{id}", Access.ADMIN, "Get a dead letter", this::one)
                        .response(ResponseDescription.of(200, DeadLetter.class).tagged()),
                Route.of(
                                "POST",
                                PATH + "/{id}/retry",
                                Access.ADMIN,
                                "Retry a dead letter, with all attempts",
                                this::retry)
                        .response(ResponseDescription.of(202, DeadLetterRetried.class)
                                .positioned())
                        .matching(true)
                        .problem(Problem.Kind.CONFLICT, "dead-letter-not-open", NOT_OPEN)
                        .problem(
                                Problem.Kind.CONFLICT,
                                "worker-gone",
                                "the program does not declare the worker any more"),
                Route.of("POST", PATH + "/{id}/discard", Access.ADMIN, "Discard a dead letter", this::discard)
                        .body(BodySchema.of(BodySchema.line("reason", REASON_CHARS_MAX)))
                        .response(ResponseDescription.empty(204).positioned())
                        .matching(true)
                        .problem(Problem.Kind.CONFLICT, "dead-letter-not-open", NOT_OPEN));
    }

    private Future<Response> list(Request request) {
        return commands.query(ListDeadLetters.of(request)).map(page -> {
            var reply = Response.ok(page);
            var next = page.nextCursor();
            return next == null
                    ? reply
                    : reply.header("Link", QueryParameters.next(request, PATH, FILTERS, "cursor", next));
        });
    }

    private Future<Response> one(Request request) {
        return commands.query(new FindDeadLetter(id(request)))
                .map(letter -> Response.ok(letter).header("ETag", EntityTag.of(letter.version())));
    }

    private Future<Response> retry(Request request) {
        var id = id(request);
        var command = new RetryDeadLetter(
                id, request.principal().account(), EntityTag.required(request).orElse(null));
        return commands.send(command, request.cause())
                .map(done -> Response.accepted(new DeadLetterRetried(id)).at(done.position()));
    }

    private Future<Response> discard(Request request) {
        var reason = request.body(Discard.class).reason();
        var command = new DiscardDeadLetter(
                id(request),
                reason,
                request.principal().account(),
                EntityTag.required(request).orElse(null));
        return commands.send(command, request.cause())
                .map(done -> Response.noContent().at(done.position()));
    }

    private static UUID id(Request request) {
        return Ids.read(request.path("id")).orElseThrow(DeadLetterCommandHandlers::noSuchLetter);
    }
}
