package dev.skelly.health;

import dev.skelly.feature.Access;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.Route;
import dev.skelly.http.ProblemWriter;
import dev.skelly.http.RequestContext;
import dev.skelly.http.RouterPart;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** Serves {@code /metrics} in the Prometheus text format, rendered on a worker thread. */
public final class MetricsEndpoint implements RouterPart {

    private static final String PATH = "/metrics";
    private static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry meters;

    /** Creates the endpoint for {@code meters}. */
    public MetricsEndpoint(PrometheusMeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.mounted("GET", PATH, Access.ANYONE, "Get the metrics of this node in the format of Prometheus")
                        .tagged("health")
                        .response(ResponseDescription.text(200, "text/plain")));
    }

    @Override
    public void mount(Router router) {
        router.route(PATH).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::answer);
    }

    private void answer(RoutingContext context) {
        RequestContext.route(context, PATH);
        Future<String> text = context.vertx().executeBlocking(() -> meters.scrape(), false);
        text.compose(metrics -> context.response()
                        .putHeader("Content-Type", FORMAT)
                        .putHeader("Cache-Control", "no-store")
                        .end(metrics))
                .onFailure(failure -> ProblemWriter.write(context, failure));
    }
}
