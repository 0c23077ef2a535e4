package dev.skelly.health;

import dev.skelly.feature.Access;
import dev.skelly.feature.Problem;
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
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/** Serves {@code /metrics} in the Prometheus text format, rendered on a worker thread. Asks for a token if the settings have one. */
public final class MetricsEndpoint implements RouterPart {

    private static final String PATH = "/metrics";
    private static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry meters;
    private final byte[] expected; // The whole header; empty when none is needed.

    /** Creates the endpoint for {@code meters}. */
    public MetricsEndpoint(PrometheusMeterRegistry meters, MetricsConfig config) {
        this.meters = meters;
        this.expected =
                config.token().present() ? bytes("Bearer " + config.token().value()) : new byte[0];
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.mounted("GET", PATH, Access.ANYONE, "Get the metrics of this node in the format of Prometheus")
                        .tagged("health")
                        .response(ResponseDescription.text(200, "text/plain"))
                        .problem(
                                Problem.Kind.UNAUTHENTICATED,
                                "metrics-token",
                                "the node has metrics.token, and the request another token or no token"));
    }

    @Override
    public void mount(Router router) {
        router.route(PATH).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::answer);
    }

    private void answer(RoutingContext context) {
        RequestContext.route(context, PATH);
        var sent = context.request().getHeader("Authorization");
        if (expected.length > 0 && !MessageDigest.isEqual(expected, bytes(sent == null ? "" : sent))) {
            ProblemWriter.write(
                    context,
                    Problem.of(
                            Problem.Kind.UNAUTHENTICATED,
                            "metrics-token",
                            "send the value of metrics.token as Authorization: Bearer"));
            return;
        }
        Future<String> text = context.vertx().executeBlocking(() -> meters.scrape(), false);
        text.compose(metrics -> context.response()
                        .putHeader("Content-Type", FORMAT)
                        .putHeader("Cache-Control", "no-store")
                        .end(metrics))
                .onFailure(failure -> ProblemWriter.write(context, failure));
    }
}
