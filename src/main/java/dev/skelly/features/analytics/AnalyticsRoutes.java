package dev.skelly.features.analytics;

import dev.skelly.feature.Access;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Parameter;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.Route;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** The routes under {@code /api/analytics}. */
final class AnalyticsRoutes {

    private static final Map<String, Object> DAY = Map.of("type", "string", "format", "date");

    private final CommandBus commands;
    private final Clock clock;

    AnalyticsRoutes(CommandBus commands, Clock clock) {
        this.commands = commands;
        this.clock = clock;
    }

    List<Route> all() {
        return List.of(Route.of(
                        "GET",
                        "/api/analytics/summary",
                        Access.SIGNED_IN,
                        "Count events by type and day, without ui.*",
                        this::summary)
                .permitted("analytics.summary")
                .parameter(
                        Parameter.query("from", "The first day, UTC. Default: 30 days in all.", DAY),
                        Parameter.query("to", "The last day, UTC. Default: today.", DAY))
                .response(200, EventSummary.class));
    }

    private Future<Response> summary(Request request) {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return commands.query(Summarise.of(request.query("from"), request.query("to"), today))
                .map(Response::ok);
    }
}
