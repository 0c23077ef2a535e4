package dev.skelly.features.accounts.preferences;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skelly.feature.Access;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.CommandResult;
import dev.skelly.feature.EntityTag;
import dev.skelly.feature.Parameter;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.Route;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The routes of one's own preferences: any JSON object, in which the fields of {@link NoticeChoices} have a form. */
public final class PreferencesRoutes {

    private static final String PATH = "/api/me/preferences";

    private final CommandBus commands;

    public PreferencesRoutes(CommandBus commands) {
        this.commands = commands;
    }

    public List<Route> all() {
        return List.of(
                Route.of("GET", PATH, Access.SIGNED_IN, "Get one's own preferences", this::get)
                        .response(ResponseDescription.of(
                                        200, Map.of("type", "object", "maxProperties", Preferences.FIELDS_MAX))
                                .tagged()),
                Route.of("PUT", PATH, Access.SIGNED_IN, "Replace one's own preferences", this::put)
                        .body(BodySchema.anyObject(Preferences.FIELDS_MAX))
                        .response(ResponseDescription.of(200, PreferencesReplaced.class)
                                .tagged())
                        .matching(false)
                        .parameter(Parameter.mustBeNew())
                        .problem(
                                Problem.Kind.TOO_LARGE,
                                "preferences-too-large",
                                "the preferences are longer than 16 KiB"));
    }

    /** A JSON text that is written unchanged as a body. */
    private record PreferencesDocument(
            @JsonValue @JsonRawValue String json) {}

    private Future<Response> get(Request request) {
        return commands.query(new FindPreferences(request.principal().account()))
                .map(preferences -> Response.ok(new PreferencesDocument(preferences.json()))
                        .header("ETag", EntityTag.of(preferences.version())));
    }

    /** Response body of PUT /api/me/preferences, with the log's position after the change. */
    private record PreferencesReplaced(@Nullable String position) {}

    private Future<Response> put(Request request) {
        var preferences = Preferences.of(request.body(ObjectNode.class));
        var expected = EntityTag.expected(request).orElse(null);
        var command = new PutPreferences(request.principal().account(), preferences.json(), expected);
        return commands.send(command, request.cause()).map(PreferencesRoutes::changed);
    }

    private static Response changed(CommandResult<PutPreferences.StoredPreferences> done) {
        return Response.ok(new PreferencesReplaced(done.position()))
                .header("ETag", EntityTag.of(done.result().version()));
    }
}
