package dev.skelly.http;

import dev.skelly.feature.Access;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Parameter;
import dev.skelly.feature.Principal;
import dev.skelly.feature.Problem;
import dev.skelly.feature.QueryParameters;
import dev.skelly.feature.RateLimit;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.Route;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Routes that show what a feature may declare. */
final class ToyRoutes {

    /** A registration whose own check refuses one name. */
    record Registration(
            String email, String password, @Nullable String name) {
        Registration {
            if ("root".equals(name)) {
                throw Problem.invalid("#/name", "taken", "must be another name");
            }
        }
    }

    private static final BodySchema REGISTRATION = BodySchema.of(
                    BodySchema.email("email"),
                    BodySchema.text("password", 8, 256),
                    BodySchema.text("name", 1, 100).optional())
            .checkedBy((body, faults) -> {
                if (body.has("password") && body.get("password").equals(body.get("email"))) {
                    faults.add(new FieldError("#/password", "own", "must not be the address"));
                }
            });

    final AtomicInteger registered = new AtomicInteger();
    final AtomicInteger emitted = new AtomicInteger();
    final Promise<Response> held = Promise.promise();
    final Promise<Void> asked = Promise.promise(); // A request for what is held is under way.

    List<Route> list() {
        return List.of(
                Route.of("POST", "/api/register", Access.ANYONE, "register", this::register)
                        .body(REGISTRATION),
                Route.of("GET", "/api/things/{id}", Access.ANYONE, "one", ToyRoutes::thing),
                Route.of("GET", "/api/things/me", Access.SIGNED_IN, "mine", ToyRoutes::mine),
                Route.of("DELETE", "/api/things/{id}", Access.ADMIN, "remove", request -> reply(Response.noContent())),
                Route.of("GET", "/api/limited", Access.ANYONE, "limited", request -> reply(Response.noContent()))
                        .limited(new RateLimit("toy", 2, Duration.ofMinutes(1), Request::address)),
                Route.of("GET", "/api/cookie", Access.ANYONE, "cookies", ToyRoutes::cookie),
                Route.of("GET", "/api/broken", Access.ANYONE, "a bug", request -> {
                    throw new IllegalStateException("secret cause");
                }),
                Route.of(
                        "GET",
                        "/api/full",
                        Access.ANYONE,
                        "no feature",
                        request -> Future.failedFuture(Problem.unavailable("come back", Duration.ofMillis(2500)))),
                Route.of("GET", "/api/query", Access.ANYONE, "a query", ToyRoutes::query)
                        .parameter(
                                Parameter.text("x", "a text"),
                                Parameter.list("tags", "a list"),
                                Parameter.limit(QueryParameters.LIMIT_DEFAULT, QueryParameters.LIMIT_MAX)),
                Route.of("POST", "/api/emit", Access.SIGNED_IN, "emits", this::emit)
                        .body(BodySchema.anyObject(8))
                        .allowSessionCookie()
                        .announcedAs("text/plain"),
                Route.of("GET", "/api/held", Access.ANYONE, "waits", this::hold));
    }

    private Future<Response> register(Request request) {
        var registration = request.body(Registration.class);
        registered.incrementAndGet();
        return reply(Response.created("/api/things/1", Map.of("email", registration.email())));
    }

    private Future<Response> emit(Request request) {
        emitted.incrementAndGet();
        return reply(Response.accepted(Map.of("account", request.principal().account())));
    }

    private static Future<Response> thing(Request request) {
        var body =
                Map.of("id", request.path("id"), "correlation", request.cause().correlation());
        return reply(Response.ok(body));
    }

    private static Future<Response> query(Request request) {
        var parameters = new QueryParameters(request);
        var limit = parameters.limit();
        parameters.check();
        return reply(Response.ok(Map.of(
                "x",
                request.query("x").orElse(""),
                "tags",
                request.query("tags").orElse(""),
                "accept",
                request.header("Accept").orElse(""),
                "limit",
                limit)));
    }

    private static Future<Response> mine(Request request) {
        return reply(Response.ok(Map.of(
                "account",
                request.caller().map(Principal::account).orElseThrow(),
                "actor",
                String.valueOf(request.cause().actor()))));
    }

    private static Future<Response> cookie(Request request) {
        return reply(Response.ok(Map.of("got", request.cookie("refresh").orElse("none")))
                .cookie(new Response.Cookie("refresh", "abc", "/api/auth", Duration.ofDays(1))));
    }

    private static Future<Response> reply(Response reply) {
        return Future.succeededFuture(reply);
    }

    static void mountStream(Router router) {
        router.get("/api/stream").handler(ToyRoutes::stream);
    }

    private static void stream(RoutingContext context) {
        Future.succeededFuture(context)
                .map(SessionCookie::value)
                .compose(token -> context.response().end(token.orElse("none")))
                .onFailure(failure -> ProblemWriter.write(context, failure));
    }

    private Future<Response> hold(Request request) {
        asked.tryComplete();
        return held.future();
    }
}
