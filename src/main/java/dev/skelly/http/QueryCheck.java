package dev.skelly.http;

import dev.skelly.config.DidYouMean;
import dev.skelly.feature.ApiDescription;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Parameter;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Route;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Rejects query parameters that a route does not declare, and several values of a parameter that has one. */
final class QueryCheck implements Handler<RoutingContext> {

    private static final String TICKET = "ticket";
    private static final int FAULTS_MAX = 50; // A request line has at most a few thousand names.

    private final TreeMap<String, Boolean> repeatable = new TreeMap<>(); // By the names of the declared parameters.
    private final boolean reading;

    QueryCheck(Route route) {
        this.reading = route.method().equals("GET");
        for (var parameter : route.about().parameters()) {
            if (parameter.place() == Parameter.Place.QUERY) {
                repeatable.put(parameter.name(), parameter.repeatable());
            }
        }
        if (route.about().signs().contains(ApiDescription.Sign.TICKET)) {
            repeatable.put(TICKET, false);
        }
    }

    /** Returns a part that checks the requests of other parts before these. */
    static RouterPart before(List<Route> mounted) {
        return router -> {
            for (var route : mounted) {
                var checked =
                        router.route(RouteRegistrar.pattern(route.path())).method(HttpMethod.valueOf(route.method()));
                if (route.method().equals("GET")) {
                    checked.method(HttpMethod.HEAD);
                }
                checked.handler(new QueryCheck(route));
            }
        };
    }

    @Override
    public void handle(RoutingContext context) {
        var faults = faults(context);
        if (faults.isEmpty()) {
            context.next();
        } else {
            ProblemWriter.write(context, Problem.invalid(faults));
        }
    }

    /**
     * Runs the rest of a request. If the query has faults, it fails with them and with those that the rest finds.
     *
     * @param body reads and checks the body, and does nothing else
     * @param rest reads the body and calls the endpoint; runs in spite of faults if it only reads, and its result is dropped then
     */
    <T> Future<T> guard(RoutingContext context, Supplier<Future<?>> body, Supplier<Future<T>> rest) {
        var faults = faults(context);
        if (faults.isEmpty()) {
            return rest.get();
        }
        Future<?> further = Future.succeededFuture()
                .compose(start -> reading && !repeatable.isEmpty()
                        ? rest.get().mapEmpty()
                        : body.get().mapEmpty());
        return further.transform(ended -> {
            if (ended.cause() instanceof Problem problem && problem.kind() == Problem.Kind.INVALID) {
                faults.addAll(problem.faults());
            }
            return Future.failedFuture(Problem.invalid(faults));
        });
    }

    private List<FieldError> faults(RoutingContext context) {
        var faults = new ArrayList<FieldError>();
        if (context.request().query() == null) {
            return faults;
        }
        var sent = context.queryParams();
        for (var name : sent.names().stream().sorted().limit(FAULTS_MAX).toList()) {
            var list = repeatable.get(name);
            if (list == null) {
                faults.add(
                        new FieldError(name, "unknown", "is not a parameter here (expected: " + nearest(name) + ")"));
            } else if (!list && sent.getAll(name).size() > 1) {
                faults.add(new FieldError(name, "repeated", "must be sent once"));
            }
        }
        return faults;
    }

    private String nearest(String name) {
        return repeatable.isEmpty()
                ? "no parameters"
                : "a known one, perhaps " + DidYouMean.of(name, repeatable.keySet());
    }
}
