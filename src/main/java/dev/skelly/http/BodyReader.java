package dev.skelly.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Route;
import dev.skelly.schema.ShapeCheck;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Reads the body of one route's requests, as the route's shape has it. Confined to the verticle's context. */
final class BodyReader {

    private final Route route;
    private final int bytesMax;
    private final JsonMapper json;
    private final @Nullable ShapeCheck shape;

    BodyReader(Route route, int bytesMax, JsonMapper json) {
        this.route = route;
        this.bytesMax = bytesMax;
        this.json = json;
        this.shape = route.takes() == null ? null : new ShapeCheck(route.takes(), json);
    }

    /** The body; none where the route takes none. Fails with 400, 413, 415 or 422. */
    Future<Body> read(HttpServerRequest request) {
        var check = shape;
        var takes = route.takes();
        if (check == null || takes == null) {
            return Future.succeededFuture(Body.NONE);
        }
        if (!takes.optional()) {
            requireJson(request);
        }
        return Bodies.read(request, bytesMax)
                .map(body -> body.length() == 0 && takes.optional()
                        ? new Body(body, json.createObjectNode())
                        : new Body(body, checked(request, body, check)));
    }

    private JsonNode checked(HttpServerRequest request, Buffer body, ShapeCheck check) {
        requireJson(request);
        var document = JsonBody.parse(body, json);
        var faults = check.faults(document);
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
        return document;
    }

    private void requireJson(HttpServerRequest request) {
        Bodies.requireJson(request, route.manner().mediaTypes());
    }
}
