package dev.skelly.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Route;
import dev.skelly.schema.SchemaValidator;
import dev.skelly.schema.ValidationBudget;
import dev.skelly.schema.ValidationTooLongException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads and validates the request bodies of one route by its schema. Confined to the verticle's context. */
final class RequestBodyReader {

    private final Route route;
    private final int bytesMax;
    private final JsonMapper json;
    private final @Nullable SchemaValidator shape;

    RequestBodyReader(Route route, int bytesMax, JsonMapper json) {
        this.route = route;
        this.bytesMax = bytesMax;
        this.json = json;
        this.shape = route.takes() == null ? null : new SchemaValidator(route.takes(), json);
    }

    /** Returns the body, empty when the route takes none. Fails with 400, 413, 415 or 422. */
    Future<RequestBody> read(HttpServerRequest request) {
        var check = shape;
        var takes = route.takes();
        if (check == null || takes == null) {
            return Future.succeededFuture(RequestBody.NONE);
        }
        if (!takes.optional()) {
            requireJson(request);
        }
        return JsonBodyParser.read(request, bytesMax)
                .compose(body -> body.length() == 0 && takes.optional()
                        ? Future.succeededFuture(new RequestBody(body, json.createObjectNode()))
                        : checked(request, body, check, takes.rules()));
    }

    private Future<RequestBody> checked(
            HttpServerRequest request, Buffer body, SchemaValidator check, BodySchema.BodyRules rules) {
        requireJson(request);
        var document = StrictJson.parse(body, json);
        try {
            return Future.succeededFuture(
                    valid(body, document, check.faults(document, ValidationBudget.ofLoop()), rules));
        } catch (ValidationTooLongException tooLong) {
            return Objects.requireNonNull(Vertx.currentContext())
                    .executeBlocking(() -> valid(body, document, check.faults(document), rules));
        }
    }

    private static RequestBody valid(
            Buffer body, JsonNode document, List<FieldError> ofSchema, BodySchema.BodyRules rules) {
        var faults = new ArrayList<>(ofSchema);
        rules.check(document, faults);
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
        return new RequestBody(body, document);
    }

    private void requireJson(HttpServerRequest request) {
        JsonBodyParser.requireJson(request, route.options().mediaTypes());
    }
}
