package dev.skelly.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skelly.config.InvalidSettingsException;
import dev.skelly.config.Settings;
import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.Platform;
import dev.skelly.feature.Schedule;
import dev.skelly.feature.ScheduledJob;
import dev.skelly.feature.WorkResult;
import dev.skelly.feature.Worker;
import dev.skelly.testing.Waiting;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventTypeLoaderTest {

    private static final String DECLARED = """
            types:
              - name: %s
                meaning: The door bell rang.
                data: {type: object, properties: {}, additionalProperties: false}
                audience: [public]
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Future<List<String>> types(String file) throws IOException {
        Files.writeString(folder.resolve("door.yaml"), file);
        var settings = Settings.load(
                Map.of("events.dir", folder.toString()),
                Map.of(),
                Files.writeString(folder.resolve("settings.txt"), ""));
        var config = NodeConfig.read(settings).forOneCommand();
        settings.check();
        return Node.eventTypes(config);
    }

    @Test
    void holdsTheTypesOfRoomsOfTheirFilesAndOfTheOperator() throws IOException {
        var types = Waiting.on(types(DECLARED.formatted("bell.rung")));

        assertThat(types).contains("user.registered", "ui.clicked", "event.processed", "bell.rung");
    }

    @Test
    void refusesTheNameOfAnotherType() throws IOException {
        var failure = Waiting.failure(types(DECLARED.formatted("user.registered")));

        assertThat(failure)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("event name user.registered is used by");
    }

    @Test
    void tellsEveryFaultOfTheFilesAndOfTheirTypesBesideTheRooms() throws IOException {
        Files.writeString(folder.resolve("gate.yaml"), DECLARED.formatted("user.registered"));
        Files.writeString(folder.resolve("window.yaml"), "types: 7");

        var failure = Waiting.failure(types(DECLARED.formatted("Bell.Rung")));

        assertThat(((InvalidSettingsException) failure).faults())
                .hasSize(3)
                .anyMatch(fault -> fault.contains("event name user.registered is used by"));
    }

    @Test
    void takesTheNotificationsThatAreShipped() throws IOException {
        assertThat(Waiting.on(checked(Path.of("conf/notifications")))).contains("notification.created");
    }

    @Test
    void refusesNotificationsOfUnknownTypes() throws IOException {
        Files.writeString(folder.resolve("bells.yaml"), """
                notifications:
                  - kind: bells
                    meaning: A bell rang.
                    on: [bell.rang]
                    to: {role: admin}
                    text: {en: {title: A bell rang}}
                """);

        var failure = Waiting.failure(checked(folder));

        assertThat(((InvalidSettingsException) failure).faults())
                .singleElement()
                .asString()
                .contains("bells.yaml: #/notifications/0/on/0 bell.rang is not an event type");
    }

    private Future<List<String>> checked(Path notifications) throws IOException {
        var settings = Settings.load(
                Map.of("notifications.dir", notifications.toString()),
                Map.of(),
                Files.writeString(folder.resolve("settings.txt"), ""));
        var config = NodeConfig.read(settings).forOneCommand();
        settings.check();
        return Node.eventTypes(config);
    }

    private static Feature feature(String name) {
        return new Feature() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void install(FeatureRegistry registry, Platform platform) {
                // Only its name matters.
            }
        };
    }

    private static Worker worker(String name, String... types) {
        return new Worker() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Set<String> types() {
                return Set.of(types);
            }

            @Override
            public Future<WorkResult> work(EventDelivery delivery) {
                return Future.succeededFuture(WorkResult.done());
            }
        };
    }

    @Test
    void refusesNamesThatStandTwiceAndWorkersOnUnknownTypes() throws IOException {
        Files.writeString(folder.resolve("bell.yaml"), DECLARED.formatted("bell.rung"));
        var features = List.of(feature("orders"), feature("orders"));
        var workers = List.of(worker("ring", "bell.rung"), worker("ring", Worker.ALL), worker("ship", "bell.wrung"));

        assertThatThrownBy(() -> EventTypeLoader.of(features, folder))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("feature name orders stands twice");
        var types = EventTypeLoader.of(List.of(feature("orders")), folder);
        var job = new ScheduledJob(
                "bell.ring-hour", Schedule.every(Duration.ofHours(1)), due -> Future.succeededFuture());
        assertThatThrownBy(() -> EventTypeLoader.checkWorkers(workers, List.of(job, job), types))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("worker name ring stands twice")
                .hasMessageContaining("job name bell.ring-hour stands twice")
                .hasMessageContaining(
                        "worker ship: unknown event type bell.wrung (expected: a known type, perhaps bell.rung)");
    }
}
