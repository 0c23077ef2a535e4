package dev.skelly.features.analytics;

import dev.skelly.feature.BatchWorker;
import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.WorkResult;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/** Counts each event once, except {@code ui.*}, whose rate is too high for one effect each. */
final class UpdateAnalyticsWorker implements BatchWorker {

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
    public boolean commandsOnly() {
        return true;
    }

    @Override
    public Future<WorkResult> work(EventDelivery delivery) {
        return workAll(List.of(delivery)).map(results -> results.get(0));
    }

    /* One slot for all: the group then locks one row for each type and day. */
    @Override
    public Future<List<WorkResult>> workAll(List<EventDelivery> deliveries) {
        var slot = Math.floorMod(deliveries.get(0).id().getLeastSignificantBits(), CountEvent.SLOTS);
        return Future.succeededFuture(
                deliveries.stream().map(delivery -> counted(delivery, slot)).toList());
    }

    private static WorkResult counted(EventDelivery delivery, int slot) {
        var day = LocalDate.ofInstant(delivery.time(), ZoneOffset.UTC);
        return WorkResult.done(new CountEvent(delivery.type(), day, slot));
    }
}
