package dev.skelly.feature.accounts;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skelly.feature.Access;
import dev.skelly.feature.Answer;
import dev.skelly.feature.Commands;
import dev.skelly.feature.Done;
import dev.skelly.feature.EntityTag;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Reply;
import dev.skelly.feature.Request;
import dev.skelly.feature.Route;
import dev.skelly.feature.Shape;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One's own preferences: any JSON object. */
final class PreferencesRoutes {

    private static final String PATH = "/api/me/preferences";

    private final Commands commands;

    PreferencesRoutes(Commands commands) {
        this.commands = commands;
    }

    List<Route> all() {
        return List.of(
                Route.of("GET", PATH, Access.SIGNED_IN, "One's own preferences", this::get)
                        .answering(Answer.of(200, Map.of("type", "object", "maxProperties", Preferences.FIELDS_MAX))
                                .tagged()),
                Route.of("PUT", PATH, Access.SIGNED_IN, "Replace one's own preferences", this::put)
                        .taking(Shape.anyObject(Preferences.FIELDS_MAX))
                        .answering(Answer.of(200, Changed.class).tagged())
                        .matching(false)
                        .refusing(Problem.Kind.TOO_LARGE, "preferences-too-large", "they are longer than 16 KiB"));
    }

    /** JSON text that is a body as it is. */
    private record Stored(@JsonValue @JsonRawValue String json) {}

    private Future<Reply> get(Request request) {
        return commands.ask(new FindPreferences(request.principal().account()))
                .map(preferences ->
                        Reply.ok(new Stored(preferences.json())).header("ETag", EntityTag.of(preferences.version())));
    }

    /** Where the log stands after the change. */
    private record Changed(@Nullable String position) {}

    private Future<Reply> put(Request request) {
        var preferences = Preferences.of(request.body(ObjectNode.class));
        var expected = EntityTag.expected(request).orElse(null);
        var command = new PutPreferences(request.principal().account(), preferences.json(), expected);
        return commands.send(command, request.cause()).map(PreferencesRoutes::changed);
    }

    private static Reply changed(Done<PutPreferences.Answer> done) {
        return Reply.ok(new Changed(done.position()))
                .header("ETag", EntityTag.of(done.result().version()));
    }
}
