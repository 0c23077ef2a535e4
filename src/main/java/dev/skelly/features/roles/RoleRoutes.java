package dev.skelly.features.roles;

import dev.skelly.auth.Permissions;
import dev.skelly.auth.RoleView;
import dev.skelly.event.Audience;
import dev.skelly.feature.Access;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.EntityTag;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Parameter;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.Route;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The routes of roles and their permissions, for administrators. */
final class RoleRoutes {

    private static final String PATH = "/api/admin/roles";
    private static final String ONE = PATH + "/{name}";
    private static final int GRANTS_MAX = 200;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final BodySchema GRANTS = BodySchema.of(new BodySchema.Field(
            "grants",
            true,
            Map.of(
                    "type",
                    "array",
                    "maxItems",
                    GRANTS_MAX,
                    "items",
                    Map.of("type", "string", "minLength", 1, "maxLength", Permissions.CHARS_MAX))));
    private static final ResponseDescription ROLE =
            ResponseDescription.of(200, RoleView.class).tagged();

    private final CommandBus commands;

    RoleRoutes(CommandBus commands) {
        this.commands = commands;
    }

    List<Route> all() {
        return List.of(
                Route.of("GET", PATH, Access.ADMIN, "List roles and their permissions", this::list)
                        .response(ResponseDescription.of(200, ListRoles.RoleList.class)),
                Route.of("GET", ONE, Access.ADMIN, "Get a role", this::get).response(ROLE),
                Route.of("PUT", ONE, Access.ADMIN, "Create a role, or change its permissions", this::put)
                        .body(GRANTS)
                        .response(ROLE.positioned())
                        .matching(false)
                        .parameter(Parameter.mustBeNew())
                        .problem(
                                Problem.Kind.PRECONDITION_REQUIRED,
                                "if-match-required",
                                "the role exists, and If-Match is missing")
                        .problem(Problem.Kind.CONFLICT, "built-in-role", "the role is admin"),
                Route.of("DELETE", ONE, Access.ADMIN, "Delete a role that no account has", this::delete)
                        .response(ResponseDescription.empty(204).positioned())
                        .matching(true)
                        .problem(Problem.Kind.CONFLICT, "role-in-use", "an account has the role")
                        .problem(Problem.Kind.CONFLICT, "built-in-role", "the role is admin or user"));
    }

    static Problem noSuchRole() {
        return Problem.notFound("no such role");
    }

    private static Problem builtIn() {
        return Problem.conflict("built-in-role", "this role is built in");
    }

    private Future<Response> list(Request request) {
        return commands.query(new ListRoles()).map(Response::ok);
    }

    private Future<Response> get(Request request) {
        var name = request.path("name");
        return commands.query(new ListRoles())
                .map(roles -> roles.items().stream()
                        .filter(role -> role.name().equals(name))
                        .findFirst()
                        .map(RoleRoutes::reply)
                        .orElseThrow(RoleRoutes::noSuchRole));
    }

    private static Response reply(RoleView role) {
        return Response.ok(role).header("ETag", EntityTag.of(role.version()));
    }

    /** Request body of PUT /api/admin/roles/{name}. */
    private record PermissionsForm(List<String> grants) {}

    private Future<Response> put(Request request) {
        var name = request.path("name");
        if (name.equals(Audience.ADMIN)) {
            throw builtIn();
        }
        var grants = request.body(PermissionsForm.class).grants();
        check(name, grants);
        var tagged = EntityTag.conditional(request);
        var command = new PutRole(
                name,
                grants.stream().distinct().sorted().toList(),
                tagged,
                EntityTag.expected(request).orElse(null));
        return commands.send(command, request.cause())
                .map(done -> reply(done.result()).at(done.position()));
    }

    private static void check(String name, List<String> grants) {
        var faults = new ArrayList<FieldError>();
        if (!NAME.matcher(name).matches()) {
            faults.add(new FieldError(
                    "name", "format", "must be a lower-case word of up to 40 letters, digits and hyphens"));
        }
        if (Permissions.NO_ROLES.contains(name)) {
            faults.add(new FieldError(
                    "name",
                    "reserved",
                    "must not be one of " + new TreeSet<>(Permissions.NO_ROLES) + ", which are not roles"));
        }
        for (var i = 0; i < grants.size(); i++) {
            if (!Permissions.wellFormed(grants.get(i))) {
                faults.add(new FieldError(
                        "#/grants/" + i,
                        "format",
                        "must be emit: and an event type, read: and a channel, call: and a permission that a route"
                                + " asks for, the beginning of one and a star such as emit:cart.*, or * alone"));
            }
        }
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
    }

    private Future<Response> delete(Request request) {
        var name = request.path("name");
        if (name.equals(Audience.ADMIN) || name.equals(Permissions.USER)) {
            throw builtIn();
        }
        var expected = EntityTag.required(request).orElse(null);
        return commands.send(new DeleteRole(name, expected), request.cause())
                .map(done -> Response.noContent().at(done.position()));
    }
}
