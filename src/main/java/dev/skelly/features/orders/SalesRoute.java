package dev.skelly.features.orders;

import dev.skelly.event.Rfc3339;
import dev.skelly.feature.Access;
import dev.skelly.feature.Parameter;
import dev.skelly.feature.Platform;
import dev.skelly.feature.ProjectionWait;
import dev.skelly.feature.QueryParameters;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.Route;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The route {@code /api/admin/sales}. */
final class SalesRoute {

    private static final String PATH = "/api/admin/sales";
    private static final String CURSOR = "cursor";

    private final Platform platform;
    private final ProjectionWait wait;

    SalesRoute(Platform platform) {
        this.platform = platform;
        this.wait = new ProjectionWait(platform, SalesProjection.NAME);
    }

    Route route() {
        return Route.of("GET", PATH, Access.ADMIN, "List the sales by day, newest first", this::list)
                .parameter(
                        ProjectionWait.parameter(),
                        Parameter.cursor(),
                        Parameter.limit(QueryParameters.LIMIT_DEFAULT, QueryParameters.LIMIT_MAX))
                .response(ResponseDescription.of(200, ListSales.SalesPage.class).paged());
    }

    private Future<Response> list(Request request) {
        var parameters = new QueryParameters(request);
        var before = parameters.value(CURSOR, "the nextCursor of a page", SalesRoute::day);
        var limit = parameters.limit();
        parameters.check();
        return wait.reached(request)
                .compose(reached -> platform.commands().query(new ListSales(before, limit)))
                .map(page -> {
                    var reply = Response.ok(page);
                    var next = page.nextCursor();
                    return next == null
                            ? reply
                            : reply.header("Link", QueryParameters.next(request, PATH, List.of("limit"), CURSOR, next));
                });
    }

    private static @Nullable LocalDate day(String text) {
        return Rfc3339.day(text).orElse(null);
    }
}
