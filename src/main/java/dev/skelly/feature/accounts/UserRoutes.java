package dev.skelly.feature.accounts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skelly.feature.Access;
import dev.skelly.feature.Answer;
import dev.skelly.feature.Commands;
import dev.skelly.feature.EntityTag;
import dev.skelly.feature.Fault;
import dev.skelly.feature.Ids;
import dev.skelly.feature.Parameter;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Reply;
import dev.skelly.feature.Request;
import dev.skelly.feature.Route;
import dev.skelly.feature.Shape;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One's own account, and for administrators everybody's. */
final class UserRoutes {

    private static final Shape PATCH = Shape.of(PersonName.field().with("type", List.of("string", "null")));

    private static final Answer USER = Answer.of(200, UserView.class).tagged();

    private final Commands commands;

    UserRoutes(Commands commands) {
        this.commands = commands;
    }

    List<Route> all() {
        return List.of(
                Route.of("GET", "/api/me", Access.SIGNED_IN, "One's own account", this::me)
                        .answering(USER),
                Route.of("PATCH", "/api/me", Access.SIGNED_IN, "Change one's own account (merge patch)", this::patch)
                        .taking(PATCH)
                        .answering(USER.positioned())
                        .matching(true),
                Route.of("GET", "/api/users", Access.ADMIN, "All accounts, newest first", this::users)
                        .asking(Parameter.cursor(), Parameter.limit(UserPage.LIMIT_DEFAULT, UserPage.LIMIT_MAX))
                        .answering(Answer.of(200, UserPage.class).paged()),
                Route.of("GET", "/api/users/{id}", Access.SIGNED_IN, "One account", this::user)
                        .answering(USER)
                        .refusing(Problem.Kind.FORBIDDEN, "forbidden", "it is somebody else's"));
    }

    private Future<Reply> me(Request request) {
        return found(request.principal().account());
    }

    private Future<Reply> found(UUID account) {
        return commands.ask(new FindUser(account)).map(UserRoutes::reply);
    }

    private static Reply reply(UserView user) {
        return Reply.ok(user).header("ETag", EntityTag.of(user.version()));
    }

    private Future<Reply> patch(Request request) {
        var account = request.principal().account();
        var expected = EntityTag.required(request).orElse(null);
        var patch = request.body(ObjectNode.class);
        if (!patch.has("name")) {
            return commands.ask(new FindUser(account)).map(user -> unchanged(user, expected));
        }
        return commands.send(new ChangeName(account, name(patch), expected), request.cause())
                .map(done -> reply(done.result()).at(done.position()));
    }

    private static Reply unchanged(UserView user, @Nullable Long expected) {
        if (expected != null && expected != user.version()) {
            throw EntityTag.stale();
        }
        return reply(user);
    }

    /** Null removes it (RFC 7396). */
    private static @Nullable String name(ObjectNode patch) {
        var text = patch.path("name").textValue();
        if (text == null) {
            return null;
        }
        var faults = new ArrayList<Fault>();
        var name = PersonName.read(text, faults);
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
        return name;
    }

    private Future<Reply> user(Request request) {
        var caller = request.principal();
        var account = Ids.read(request.path("id")).orElseThrow(() -> Problem.notFound("no such account"));
        if (!caller.admin() && !caller.account().equals(account)) {
            throw Problem.forbidden("only one's own account, and for administrators every one");
        }
        return found(account);
    }

    private Future<Reply> users(Request request) {
        var query = UserPage.query(request.query("cursor"), request.query("limit"));
        return commands.ask(query).map(answer -> UserPage.reply(answer, query.limit()));
    }
}
