package dev.skelly.features.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skelly.config.RuntimeSettings;
import dev.skelly.config.SettingValue;
import dev.skelly.feature.Access;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.EntityTag;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.Route;
import dev.skelly.schema.JsonPointers;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The routes of {@code /api/admin/settings}. */
final class SettingRoutes {

    private static final String PATH = "/api/admin/settings";
    private static final int FIELDS_MAX = 50;
    private static final String DETAIL = """
            The settings that may change while nodes run, by key, as this node has them. A change is in effect on all nodes within a second, is kept \
            over restarts, and takes precedence over flags, environment and files. `null` takes a change back.""";

    private final CommandBus commands;
    private final RuntimeSettings settings;
    private final SettingWatch watch;

    SettingRoutes(CommandBus commands, RuntimeSettings settings, SettingWatch watch) {
        this.commands = commands;
        this.settings = settings;
        this.watch = watch;
    }

    List<Route> all() {
        var view = ResponseDescription.of(200, schema()).tagged();
        return List.of(
                Route.of("GET", PATH, Access.ADMIN, "Get the settings that may change at run time", this::get)
                        .response(view)
                        .detailed(DETAIL),
                Route.of("PATCH", PATH, Access.ADMIN, "Change settings of all nodes (merge patch)", this::patch)
                        .body(BodySchema.anyObject(FIELDS_MAX).named("SettingsUpdate"))
                        .response(view.positioned())
                        .matching(true)
                        .detailed(DETAIL));
    }

    private static Map<String, Object> schema() {
        return Map.of(
                "title", "RuntimeSettings",
                "type", "object",
                "additionalProperties", Map.of("type", List.of("string", "number", "boolean")));
    }

    private Future<Response> get(Request request) {
        return commands.query(new ReadChangedSettings()).map(this::reply);
    }

    private Response reply(ChangedSettings changed) {
        var body = JsonNodeFactory.instance.objectNode();
        settings.values(changed.values()).forEach(value -> body.set(value.key(), typed(value)));
        return Response.ok(body).header("ETag", EntityTag.of(changed.version()));
    }

    private static JsonNode typed(SettingValue value) {
        var text = value.text();
        if (text.matches("\\d{1,9}")) {
            return JsonNodeFactory.instance.numberNode(Integer.parseInt(text));
        }
        return text.equals("true") || text.equals("false")
                ? JsonNodeFactory.instance.booleanNode(Boolean.parseBoolean(text))
                : JsonNodeFactory.instance.textNode(text);
    }

    private Future<Response> patch(Request request) {
        var expected = EntityTag.required(request).orElse(null);
        var command = command(request.body(ObjectNode.class), expected);
        return commands.send(command, request.cause()).map(done -> {
            watch.take(done.result());
            return reply(done.result()).at(done.position());
        });
    }

    /** Throws {@link Problem} with all faults. */
    private ChangeSettings command(ObjectNode patch, @Nullable Long expected) {
        var faults = new ArrayList<FieldError>();
        var values = new HashMap<String, String>();
        var reset = new HashSet<String>();
        patch.properties().forEach(field -> {
            var fault = fault(field.getKey(), field.getValue());
            if (fault != null) {
                faults.add(fault);
            } else if (field.getValue().isNull()) {
                reset.add(field.getKey());
            } else {
                values.put(field.getKey(), field.getValue().asText());
            }
        });
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
        return new ChangeSettings(values, reset, expected);
    }

    private @Nullable FieldError fault(String key, JsonNode value) {
        var pointer = "#/" + JsonPointers.token(key);
        if (!settings.known(key)) {
            return new FieldError(pointer, "unknown", "must be a known setting, perhaps " + settings.nearest(key));
        }
        if (!settings.keys().contains(key)) {
            return new FieldError(
                    pointer,
                    "not-at-run-time",
                    "must be one of " + String.join(", ", settings.keys())
                            + "; other settings change in the file, by flag or environment, with a restart");
        }
        if (value.isContainerNode()) {
            return new FieldError(pointer, "type", "must be a string, a number, true, false or null");
        }
        return value.isNull()
                ? null
                : settings.fault(key, value.asText())
                        .map(expected -> new FieldError(pointer, "format", expected))
                        .orElse(null);
    }
}
