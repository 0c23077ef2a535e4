package dev.skelly.features.accounts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skelly.feature.Access;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.EntityTag;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Ids;
import dev.skelly.feature.Parameter;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.Route;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The routes of one's own account and, for administrators, of all accounts. */
final class UserRoutes {

    private static final BodySchema PATCH = BodySchema.of(PersonName.field().with("type", List.of("string", "null")))
            .named("UserUpdate");

    private static final ResponseDescription USER =
            ResponseDescription.of(200, UserView.class).tagged();

    private final CommandBus commands;

    UserRoutes(CommandBus commands) {
        this.commands = commands;
    }

    List<Route> all() {
        return List.of(
                Route.of("GET", "/api/me", Access.SIGNED_IN, "Get one's own account", this::me)
                        .response(USER),
                Route.of("PATCH", "/api/me", Access.SIGNED_IN, "Change one's own account (merge patch)", this::patch)
                        .body(PATCH)
                        .response(USER.positioned())
                        .matching(true),
                Route.of("GET", "/api/users", Access.ADMIN, "List accounts, newest first", this::users)
                        .parameter(Parameter.cursor(), Parameter.limit(UserPage.LIMIT_DEFAULT, UserPage.LIMIT_MAX))
                        .response(ResponseDescription.of(200, UserPage.class).paged()),
                Route.of("GET", "/api/users/{id}", Access.SIGNED_IN, "Get an account", this::user)
                        .response(USER)
                        .problem(Problem.Kind.FORBIDDEN, "forbidden", "the account is another person's"));
    }

    private Future<Response> me(Request request) {
        return found(request.principal().account());
    }

    private Future<Response> found(UUID account) {
        return commands.query(new FindUser(account)).map(UserRoutes::reply);
    }

    private static Response reply(UserView user) {
        return Response.ok(user).header("ETag", EntityTag.of(user.version()));
    }

    private Future<Response> patch(Request request) {
        var account = request.principal().account();
        var expected = EntityTag.required(request).orElse(null);
        var patch = request.body(ObjectNode.class);
        if (!patch.has("name")) {
            return commands.query(new FindUser(account)).map(user -> unchanged(user, expected));
        }
        return commands.send(new ChangeName(account, name(patch), expected), request.cause())
                .map(done -> reply(done.result()).at(done.position()));
    }

    private static Response unchanged(UserView user, @Nullable Long expected) {
        if (expected != null && expected != user.version()) {
            throw EntityTag.stale();
        }
        return reply(user);
    }

    /** Null removes the name (RFC 7396). */
    private static @Nullable String name(ObjectNode patch) {
        var text = patch.path("name").textValue();
        if (text == null) {
            return null;
        }
        var faults = new ArrayList<FieldError>();
        var name = PersonName.read(text, faults);
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
        return name;
    }

    private Future<Response> user(Request request) {
        var caller = request.principal();
        var account = Ids.read(request.path("id")).orElseThrow(() -> Problem.notFound("no such account"));
        if (!caller.admin() && !caller.account().equals(account)) {
            throw Problem.forbidden("only administrators may read the account of another person");
        }
        return found(account);
    }

    private Future<Response> users(Request request) {
        var query = UserPage.query(request.query("cursor"), request.query("limit"));
        return commands.query(query).map(answer -> UserPage.reply(answer, query.limit()));
    }
}
