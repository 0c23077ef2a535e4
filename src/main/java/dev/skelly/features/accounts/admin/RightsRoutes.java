package dev.skelly.features.accounts.admin;

import dev.skelly.feature.Access;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.EntityTag;
import dev.skelly.feature.Ids;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.Route;
import dev.skelly.features.accounts.UserView;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The route on which administrators change roles, and disable or enable accounts. */
public final class RightsRoutes {

    private static final int ROLES_MAX = 32;
    private static final int ROLE_CHARS_MAX = 40;
    private static final BodySchema RIGHTS = BodySchema.of(
                    new BodySchema.Field(
                            "roles",
                            false,
                            Map.of(
                                    "type",
                                    "array",
                                    "maxItems",
                                    ROLES_MAX,
                                    "items",
                                    Map.of("type", "string", "minLength", 1, "maxLength", ROLE_CHARS_MAX))),
                    BodySchema.flag("disabled").optional())
            .named("UserRightsUpdate");

    private final CommandBus commands;

    public RightsRoutes(CommandBus commands) {
        this.commands = commands;
    }

    public List<Route> all() {
        return List.of(Route.of(
                        "PATCH",
                        "/api/users/{id}",
                        Access.ADMIN,
                        "Change the roles of an account, disable or enable it (merge patch)",
                        this::patch)
                .body(RIGHTS)
                .response(ResponseDescription.of(200, UserView.class).tagged().positioned())
                .matching(true)
                .problem(
                        Problem.Kind.CONFLICT,
                        "last-administrator",
                        "the account is the only administrator who can sign in"));
    }

    /** The body. Absent fields stay unchanged. */
    private record RightsForm(
            @Nullable List<String> roles, @Nullable Boolean disabled) {}

    private Future<Response> patch(Request request) {
        var account = Ids.read(request.path("id")).orElseThrow(() -> Problem.notFound("no such account"));
        var expected = EntityTag.required(request).orElse(null);
        var form = request.body(RightsForm.class);
        return commands.send(new ChangeRights(account, form.roles(), form.disabled(), expected), request.cause())
                .map(done -> Response.ok(done.result())
                        .header("ETag", EntityTag.of(done.result().version()))
                        .at(done.position()));
    }
}
