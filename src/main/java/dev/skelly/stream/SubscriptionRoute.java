package dev.skelly.stream;

import dev.skelly.feature.Access;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.Problem;
import dev.skelly.feature.RateLimit;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.Route;
import dev.skelly.stream.SubscriptionChange.SubscriptionTerms;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The route that changes what an open stream reads. */
final class SubscriptionRoute {

    private static final int CHANNEL_CHARS_MAX = 200;
    private static final int CHANGES_A_MINUTE = 120;

    private final StreamConnections connections;

    SubscriptionRoute(StreamConnections connections) {
        this.connections = connections;
    }

    Route described() {
        return Route.of(
                        "POST",
                        "/api/stream/{connection}/subscriptions",
                        Access.SIGNED_IN,
                        "Change the subscriptions of an open stream",
                        this::change)
                .tagged("stream")
                .detailed(
                        "The id of the stream is in its first frame. The new part begins after the returned cursor; nothing of it is"
                                + " missing from there on. A stream without a list of types reads all types of its channels.")
                .body(BodySchema.of(terms("add").optional(), terms("remove").optional()))
                .response(200, SubscribedFrom.class)
                .problem(Problem.Kind.NOT_FOUND, "not-found", "the caller has no such open stream")
                .problem(Problem.Kind.FORBIDDEN, "forbidden", "the caller may not read a channel")
                .problem(Problem.Kind.INVALID, "invalid-input", "a type or a channel is unknown")
                .limited(new RateLimit(
                        "stream-subscriptions",
                        CHANGES_A_MINUTE,
                        Duration.ofMinutes(1),
                        request -> request.principal().account().toString()));
    }

    private static BodySchema.Field terms(String name) {
        return object(
                name,
                StreamFeature.texts("channels", CHANNEL_CHARS_MAX).optional(),
                StreamFeature.texts("types", CHANNEL_CHARS_MAX).optional());
    }

    private static BodySchema.Field object(String name, BodySchema.Field... fields) {
        var properties = new LinkedHashMap<String, Object>();
        for (var field : fields) {
            properties.put(field.name(), field.schema());
        }
        return new BodySchema.Field(
                name, true, Map.of("type", "object", "properties", properties, "additionalProperties", false));
    }

    /** Request body of the route. */
    record SubscriptionForm(
            @Nullable TermsForm add, @Nullable TermsForm remove) {}

    /** Channels and types. */
    record TermsForm(
            @Nullable List<String> channels, @Nullable List<String> types) {

        private static SubscriptionTerms terms(@Nullable TermsForm form) {
            return form == null
                    ? SubscriptionTerms.NONE
                    : new SubscriptionTerms(list(form.channels()), list(form.types()));
        }

        private static List<String> list(@Nullable List<String> values) {
            return values == null ? List.of() : values;
        }
    }

    /**
     * Response body of the route.
     *
     * @param cursor after which the added part is sent
     */
    record SubscribedFrom(String cursor) {}

    private Future<Response> change(Request request) {
        var form = request.body(SubscriptionForm.class);
        return connections
                .change(new SubscriptionChange(
                        request.path("connection"),
                        request.principal().account(),
                        TermsForm.terms(form.add()),
                        TermsForm.terms(form.remove())))
                .map(cursor -> Response.ok(new SubscribedFrom(cursor)).header("Cache-Control", "no-store"));
    }
}
