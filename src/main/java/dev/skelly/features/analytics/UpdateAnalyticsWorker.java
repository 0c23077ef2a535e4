package dev.skelly.features.analytics;

import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.WorkResult;
import dev.skelly.feature.Worker;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;

/** Counts each event once, except {@code ui.*}, whose rate is too high for one effect each. */
final class UpdateAnalyticsWorker implements Worker {

    @Override
    public String name() {
        return "update-analytics";
    }

    @Override
    public Set<String> types() {
        return Set.of(ALL);
    }

    @Override
    public Set<String> allBut() {
        return Set.of("ui.");
    }

    @Override
    public Future<WorkResult> work(EventDelivery delivery) {
        var day = LocalDate.ofInstant(delivery.time(), ZoneOffset.UTC);
        var slot = Math.floorMod(delivery.id().getLeastSignificantBits(), CountEvent.SLOTS);
        return Future.succeededFuture(WorkResult.done(new CountEvent(delivery.type(), day, slot)));
    }
}
