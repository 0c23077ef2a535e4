package dev.skelly.apidocs;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.feature.Access;
import dev.skelly.feature.Parameter;
import dev.skelly.feature.Principal;
import dev.skelly.feature.Problem;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.Route;
import dev.skelly.http.Preconditions;
import dev.skelly.http.ProblemWriter;
import dev.skelly.http.RateLimitCheck;
import dev.skelly.http.RequestContext;
import dev.skelly.http.RouterPart;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Serves the generated documents with entity tags. A client with the current version gets 304. */
public final class DocumentsEndpoint implements RouterPart {

    private static final String TYPES = "/api/event-types";
    private static final String NAME = "name";
    private static final int MAX_AGE_SECONDS =
            60; // A changed declaration is in the files of every cache after so long.
    private static final String POLICY = "default-src 'none'; frame-ancestors 'none'";
    private static final String PAGE_POLICY =
            "default-src 'self'; object-src 'none'; base-uri 'none'; " + "form-action 'self'; frame-ancestors 'none'";
    private static final List<Route> FILES = List.of(
            file("/openapi.json", "Get the API as an OpenAPI 3.1 document")
                    .response(ResponseDescription.of(200, Map.of("type", "object"))),
            file("/asyncapi.json", "Get the events as an AsyncAPI 3.0 document")
                    .response(ResponseDescription.of(200, Map.of("type", "object"))),
            file("/feature-map.json", "Get the features, and the workers by event type")
                    .response(ResponseDescription.of(200, Map.of("type", "object"))),
            file("/types.ts", "Get the event types as TypeScript")
                    .response(ResponseDescription.text(200, "text/plain")),
            file("/docs", "Get the documentation page").response(ResponseDescription.text(200, "text/html")));

    private final ApiModel surface;
    private final JsonMapper json;
    private final BiPredicate<Principal, String> rights;
    private volatile GeneratedDocuments documents;
    private final RateLimitCheck quota;

    /**
     * Generates all documents.
     *
     * @param rights whether a caller has a permission such as {@code emit:cart.abandoned} by the current roles
     * @param quota the rate limit that applies to requests under {@code /api}
     * @throws IllegalArgumentException when a route's response has no single form in JSON
     */
    public DocumentsEndpoint(
            ApiModel surface, JsonMapper json, BiPredicate<Principal, String> rights, RateLimitCheck quota) {
        var mounted = new ArrayList<>(surface.mounted());
        mounted.addAll(described());
        this.surface = new ApiModel(surface.features(), mounted, surface.eventTypes(), surface.version());
        this.json = json;
        this.rights = rights;
        this.documents = new GeneratedDocuments(this.surface, json, rights);
        this.quota = quota;
    }

    /** Generates all documents again, from changed event types. */
    public void redeclare(EventTypeRegistry types) {
        documents = new GeneratedDocuments(surface.with(types), json, rights);
    }

    /** Returns all routes that {@code /openapi.json} describes, by path. */
    public List<Route> everything() {
        return surface.operations().stream().map(ApiModel.Operation::route).toList();
    }

    private static List<Route> described() {
        var all = new ArrayList<>(FILES);
        all.add(Route.mounted("GET", TYPES, Access.ANYONE, "List the event types that the caller may see")
                .tagged("documents")
                .response(
                        ResponseDescription.of(200, VisibleEventTypes.EventTypeList.class)
                                .tagged(),
                        ResponseDescription.empty(304)));
        all.add(Route.mounted(
                        "GET", TYPES + "/{name}", Access.ANYONE, "Get an event type by its present or a former name")
                .tagged("documents")
                .parameter(Parameter.path(
                        NAME, "The name.", Map.of("type", "string", "examples", List.of("user.registered"))))
                .response(
                        ResponseDescription.of(200, VisibleEventTypes.EventTypeView.class)
                                .tagged(),
                        ResponseDescription.empty(304)));
        return all;
    }

    private static Route file(String path, String summary) {
        return Route.mounted("GET", path, Access.ANYONE, summary)
                .tagged("documents")
                .problem(Problem.Kind.TOO_MANY, "too-many-requests", "the rate limit of the caller is exceeded")
                .response(ResponseDescription.empty(304).meaning("Not modified."));
    }

    @Override
    public List<Route> routes() {
        return described();
    }

    @Override
    public void mount(Router router) {
        for (var file : FILES) {
            read(router, file.path(), context -> cached(quota.take(context), documents.at(file.path())));
        }
        read(router, TYPES, context -> documents.eventTypes(RequestContext.caller(quota.take(context))));
        read(
                router,
                TYPES + "/:" + NAME,
                context -> documents
                        .eventType(RequestContext.caller(quota.take(context)), context.pathParam(NAME))
                        .orElseThrow(() -> Problem.notFound("no such event type, or the caller may not see it")));
    }

    private static @Nullable ServedDocument cached(RoutingContext context, @Nullable ServedDocument document) {
        context.response().putHeader("Cache-Control", "public, max-age=" + MAX_AGE_SECONDS);
        return document;
    }

    private interface Source {
        @Nullable
        ServedDocument of(RoutingContext context);
    }

    private static void read(Router router, String path, Source source) {
        router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(context -> {
            RequestContext.route(context, path);
            Future.succeededFuture(context)
                    .compose(asked -> send(asked, source.of(asked)))
                    .onFailure(failure -> ProblemWriter.write(context, failure));
        });
    }

    private static Future<Void> send(RoutingContext context, @Nullable ServedDocument document) {
        if (document == null) {
            throw Problem.notFound("no such resource");
        }
        var response = context.response();
        if (!response.headers().contains("Cache-Control")) {
            response.putHeader("Cache-Control", "no-cache");
        }
        response.putHeader("ETag", document.etag())
                .putHeader("Vary", "Authorization")
                .putHeader("Content-Security-Policy", document.type().startsWith("text/html") ? PAGE_POLICY : POLICY);
        if (Preconditions.unchanged(context.request(), document.etag())) {
            return response.setStatusCode(304).end();
        }
        response.putHeader("Content-Type", document.type());
        if (HttpMethod.HEAD.equals(context.request().method())) {
            return response.putHeader(
                            "Content-Length",
                            Integer.toString(document.content().length()))
                    .end();
        }
        return response.end(document.content());
    }
}
