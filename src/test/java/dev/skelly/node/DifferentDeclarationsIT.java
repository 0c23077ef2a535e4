package dev.skelly.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.ClusterSettings;
import dev.skelly.testing.SkellyProcess;
import dev.skelly.testing.WholeNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes of a cluster with a folder of declarations each. */
class DifferentDeclarationsIT {

    private static final String BELL = """
            types:
              - name: bell.rung
                meaning: A bell rang.
                data: {type: object, properties: {}}
                audience: [self]
                emit: [user]
            """;

    private static Map<String, String> settings(List<Integer> ports, int index, Path folder) {
        var settings = new HashMap<>(ClusterSettings.of(ports, index));
        settings.put("events.dir", folder.toString());
        return settings;
    }

    @Test
    void namesTheNodeUntilTheDeclarationsAreTheSameAgain(@TempDir Path folder) throws IOException {
        // Given
        var ports = List.of(SkellyProcess.freePort(), SkellyProcess.freePort());
        var one = Files.createDirectories(folder.resolve("one"));
        var two = Files.createDirectories(folder.resolve("two"));
        Files.writeString(one.resolve("a.yaml"), BELL);
        Files.writeString(two.resolve("b.yml"), "# The same in another file.\n" + BELL);
        try (var first = WholeNode.start(settings(ports, 0, one));
                var second = first.beside(settings(ports, 1, two))) {
            assertThat(first.get("/health/ready").body()).contains("\"declarations\":{\"status\":\"up\"}");

            // When
            Files.writeString(two.resolve("b.yml"), BELL.replace("A bell rang", "A bell was rung"));

            // Then
            for (var node : List.of(first, second)) {
                await().until(() ->
                        node.get("/health/ready").body().contains("these nodes declare other event types: "));
                assertThat(node.get("/health/ready").statusCode()).isEqualTo(200);
            }

            // When
            Files.writeString(one.resolve("a.yaml"), BELL.replace("A bell rang", "A bell was rung"));

            // Then
            for (var node : List.of(first, second)) {
                await().until(() -> node.get("/health/ready").body().contains("\"declarations\":{\"status\":\"up\"}"));
            }
        }
    }
}
