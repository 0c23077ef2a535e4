package dev.skelly.http;

import dev.skelly.feature.Route;
import io.vertx.ext.web.Router;
import java.util.List;

/** A part that needs the raw router: streams, health, metrics. Its handlers read request properties from {@link RequestContext}. */
@FunctionalInterface
public interface RouterPart {

    /** Adds routes. Called once per server verticle, on that verticle's context, before the features' routes are added. */
    void mount(Router router);

    /** Returns its routes for the API description; see {@link Route#mounted}. */
    default List<Route> routes() {
        return List.of();
    }
}
