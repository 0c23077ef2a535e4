package dev.skelly.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.config.InvalidSettings;
import dev.skelly.config.Settings;
import dev.skelly.testing.Waiting;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("event name user.registered is used by");
    }

    @Test
    void tellsEveryFaultOfTheFilesAndOfTheirTypesBesideTheRooms() throws IOException {
        Files.writeString(folder.resolve("gate.yaml"), DECLARED.formatted("user.registered"));
        Files.writeString(folder.resolve("window.yaml"), "types: 7");

        var failure = Waiting.failure(types(DECLARED.formatted("Bell.Rung")));

        assertThat(((InvalidSettings) failure).faults())
                .hasSize(3)
                .anyMatch(fault -> fault.contains("event name user.registered is used by"));
    }
}
