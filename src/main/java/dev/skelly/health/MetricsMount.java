package dev.skelly.health;

import dev.skelly.feature.Access;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.Route;
import dev.skelly.http.Exchange;
import dev.skelly.http.Mount;
import dev.skelly.http.Problems;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** Answers {@code /metrics} in the Prometheus text format, written on a worker thread. */
public final class MetricsMount implements Mount {

    private static final String PATH = "/metrics";
    private static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry meters;

    /** Shows what {@code meters} holds. */
    public MetricsMount(PrometheusMeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.mounted("GET", PATH, Access.ANYONE, "What this node counts, for Prometheus")
                .tagged("health")
                .response(ResponseDescription.text(200, "text/plain")));
    }

    @Override
    public void mount(Router router) {
        router.route(PATH).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::answer);
    }

    private void answer(RoutingContext context) {
        Exchange.route(context, PATH);
        Future<String> text = context.vertx().executeBlocking(() -> meters.scrape(), false);
        text.compose(metrics -> context.response()
                        .putHeader("Content-Type", FORMAT)
                        .putHeader("Cache-Control", "no-store")
                        .end(metrics))
                .onFailure(failure -> Problems.write(context, failure));
    }
}
