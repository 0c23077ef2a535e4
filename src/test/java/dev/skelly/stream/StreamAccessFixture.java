package dev.skelly.stream;

import dev.skelly.bus.MessageBus;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.Json;
import dev.skelly.feature.NodeEnvironment;
import dev.skelly.ratelimit.RateLimitConfig;
import dev.skelly.ratelimit.RateLimiter;
import dev.skelly.view.EventViews;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;

/** What streams share, for tests of features that open none. */
public final class StreamAccessFixture {

    private static final StreamAccess ACCESS = over(Vertx.vertx()); // A bus registers its codec once for each Vertx.

    private StreamAccessFixture() {}

    /** One for all tests; nothing of it is deployed. */
    public static StreamAccess shared() {
        return ACCESS;
    }

    private static StreamAccess over(Vertx vertx) {
        var bus = new MessageBus(vertx, Json.mapper());
        var views = new EventViews(EventTypeRegistry.of(Map.of()), (reader, channel) -> false);
        return new StreamAccess(
                new StreamConnections(bus, "node-1"),
                new LiveTopics(
                        NodeEnvironment.of(new SimpleMeterRegistry()).named("node-1"),
                        bus,
                        () -> views,
                        account -> Future.succeededFuture(Optional.empty()),
                        new RateLimiter(new RateLimitConfig(false, 1, 1, 1_000)),
                        PresenceConfig.DEFAULT));
    }
}
