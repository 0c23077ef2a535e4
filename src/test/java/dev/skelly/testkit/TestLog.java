package dev.skelly.testkit;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.Json;
import dev.skelly.eventlog.EventLog;
import dev.skelly.eventlog.FieldSealing;
import dev.skelly.feature.InstalledFeature;
import dev.skelly.projection.InlineProjections;
import dev.skelly.projection.ProjectionLog;
import java.time.Clock;
import java.util.List;

/** The log of a test database, with the inline projections of features. */
final class TestLog {

    private TestLog() {}

    static EventLog open(
            TestDatabase database,
            EventTypeRegistry types,
            Clock clock,
            FieldSealing sealing,
            List<InstalledFeature> features) {
        var json = Json.mapper();
        var inline = InlineProjections.of(new ProjectionLog(types, json), features);
        return new EventLog(
                database.pool(), types, json, clock, UuidCreator::getTimeOrderedEpoch, sealing, write -> {}, inline);
    }
}
