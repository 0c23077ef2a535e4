package dev.skelly.http;

import dev.skelly.feature.Route;
import io.vertx.ext.web.Router;
import java.util.List;

/** Something that needs the raw router: streams, health, metrics. Its handlers find what is known of a request by {@link RequestContext}. */
@FunctionalInterface
public interface RouterPart {

    /** Adds routes; called once for each server verticle, on that verticle's context, before the features' routes are added. */
    void mount(Router router);

    /** What it answers, for the API description; see {@link Route#mounted}. */
    default List<Route> routes() {
        return List.of();
    }
}
