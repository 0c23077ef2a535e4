package dev.skelly.work;

import dev.skelly.feature.Access;
import dev.skelly.feature.Answer;
import dev.skelly.feature.Commands;
import dev.skelly.feature.EntityTag;
import dev.skelly.feature.Ids;
import dev.skelly.feature.Parameter;
import dev.skelly.feature.Problem;
import dev.skelly.feature.QueryReader;
import dev.skelly.feature.Reply;
import dev.skelly.feature.Request;
import dev.skelly.feature.Route;
import dev.skelly.feature.Shape;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The resources under {@code /api/admin/dead-letters}. */
final class DeadLetterRoutes {

    private static final String PATH = "/api/admin/dead-letters";
    private static final int REASON_CHARS_MAX = 500;
    private static final String NOT_OPEN = "it was retried or discarded already";
    private static final List<String> FILTERS = List.of("worker", "state", "limit");
    private static final List<String> STATES = List.of(DeadLetter.OPEN, DeadLetter.RETRIED, DeadLetter.DISCARDED);

    /** What an administrator writes to discard. */
    record Discard(String reason) {}

    /** What is tried again. */
    record Retried(UUID id) {}

    private final Commands commands;

    DeadLetterRoutes(Commands commands) {
        this.commands = commands;
    }

    List<Route> all() {
        return List.of(
                Route.of("GET", PATH, Access.ADMIN, "What workers could not do, newest first", this::list)
                        .asking(
                                Parameter.text("worker", "Only what this worker could not do."),
                                Parameter.query("state", "Only those in this state.", Map.of("enum", STATES)),
                                Parameter.cursor(),
                                Parameter.limit(QueryReader.LIMIT_DEFAULT, QueryReader.LIMIT_MAX))
                        .answering(Answer.of(200, DeadLetterPage.class).paged()),
                Route.of("GET", PATH + "/{id}", Access.ADMIN, "One dead letter", this::one)
                        .answering(Answer.of(200, DeadLetter.class).tagged()),
                Route.of("POST", PATH + "/{id}/retry", Access.ADMIN, "Try it again, with all attempts", this::retry)
                        .answering(Answer.of(202, Retried.class).positioned())
                        .matching(true)
                        .refusing(Problem.Kind.CONFLICT, "dead-letter-not-open", NOT_OPEN),
                Route.of("POST", PATH + "/{id}/discard", Access.ADMIN, "Give it up for good", this::discard)
                        .taking(Shape.of(Shape.text("reason", 1, REASON_CHARS_MAX)))
                        .answering(Answer.empty(204).positioned())
                        .matching(true)
                        .refusing(Problem.Kind.CONFLICT, "dead-letter-not-open", NOT_OPEN));
    }

    private Future<Reply> list(Request request) {
        return commands.ask(ListDeadLetters.of(request)).map(page -> {
            var reply = Reply.ok(page);
            var next = page.nextCursor();
            return next == null
                    ? reply
                    : reply.header("Link", QueryReader.next(request, PATH, FILTERS, "cursor", next));
        });
    }

    private Future<Reply> one(Request request) {
        return commands.ask(new FindDeadLetter(id(request)))
                .map(letter -> Reply.ok(letter).header("ETag", EntityTag.of(letter.version())));
    }

    private Future<Reply> retry(Request request) {
        var id = id(request);
        var command = new RetryDeadLetter(
                id, request.principal().account(), EntityTag.required(request).orElse(null));
        return commands.send(command, request.cause())
                .map(done -> Reply.accepted(new Retried(id)).at(done.position()));
    }

    private Future<Reply> discard(Request request) {
        var reason = request.body(Discard.class).reason();
        var command = new DiscardDeadLetter(
                id(request),
                reason,
                request.principal().account(),
                EntityTag.required(request).orElse(null));
        return commands.send(command, request.cause())
                .map(done -> Reply.noContent().at(done.position()));
    }

    private static UUID id(Request request) {
        return Ids.read(request.path("id")).orElseThrow(DeadLetterCommands::noSuchLetter);
    }
}
