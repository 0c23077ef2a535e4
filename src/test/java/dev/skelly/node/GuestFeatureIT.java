package dev.skelly.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.skelly.config.InvalidSettingsException;
import dev.skelly.config.Settings;
import dev.skelly.config.StartException;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.Platform;
import dev.skelly.testing.Waiting;
import dev.skelly.testing.WholeNode;
import dev.skelly.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a feature that the program does not know gets from its platform, and how its faults are told. */
class GuestFeatureIT {

    private static final GuestFeature GUEST = new GuestFeature("guests");

    @Test
    void usesWhatTheProductHas() {
        try (var node = WholeNode.start(List.of(GUEST), Map.of("features.guests.greeting", "welcome"))) {
            // Given
            var admin = node.signIn(WholeNode.ADMIN);
            var ada = node.register("ada@example.org");

            // Then
            var features = node.read(node.get("/feature-map.json").body()).path("features");
            var names = features.valueStream()
                    .map(feature -> feature.path("name").asText())
                    .toList();
            assertThat(names).contains("guests").containsAll(Features.NAMES).hasSize(Features.NAMES.size() + 1);
            assertThat(node.greeting()).contains("welcome from " + node.url());
            var found = get(node, admin, "/api/guests/" + ada);
            assertThat(found).contains("\"email\":\"ada@example.org\"").contains("\"verified\":false");
            assertThat(get(node, admin, "/api/guests/019a0000-0000-7000-8000-000000000000"))
                    .isEqualTo("{}");
            await().until(() -> get(node, admin, "/api/guests").contains("\"user.registered\""));
            assertThat(get(node, admin, "/api/guest-call")).isEqualTo("{\"status\":200}");
            assertThat(get(node, admin, "/metrics")).contains("guest_reads_total");
            await().until(() -> rows(node.database()).equals(List.of("knocked", "started")));
        }
    }

    private static List<String> rows(TestDatabase database) {
        var rows = Waiting.on(database.pool()
                .query("select distinct what from guest order by 1")
                .execute());
        return rows.stream().map(row -> row.getString(0)).toList();
    }

    private static String get(WholeNode node, String token, String path) {
        return node.send(node.request(path)
                        .header("Authorization", "Bearer " + token)
                        .GET()
                        .build())
                .body();
    }

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Settings settings(String... pairs) throws IOException {
        var flags = new HashMap<String, String>();
        for (var n = 0; n < pairs.length; n += 2) {
            flags.put(pairs[n], pairs[n + 1]);
        }
        return Settings.load(flags, Map.of(), Files.writeString(folder.resolve("empty.yaml"), ""));
    }

    @Test
    void itsSettingsAreCheckedAndShownWithAllOthers() throws IOException {
        // When
        var wrong =
                settings("features.guests.guests-max", "0", "features.guests.greetings", "hi", "http.port", "99999");
        var read = NodeConfig.read(wrong, List.of(GUEST));
        assertThat(read.features().settings()).containsKey("guests");

        // Then
        assertThatThrownBy(wrong::check)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("features.guests.guests-max: 0 (expected: 1 or more)")
                .hasMessageContaining(
                        "features.guests.greetings: unknown (expected: a known setting, perhaps features.guests.greeting)")
                .hasMessageContaining("http.port: 99999");

        // When
        var right = settings("features.guests.guests-max", "3");
        var config = NodeConfig.read(right, List.of(GUEST));
        right.check();

        // Then
        assertThat(config.features().settings()).containsEntry("guests", new GuestFeature.GuestConfig("hello", 3));
        assertThat(config.shared())
                .containsEntry("features.guests.guests-max", "3")
                .containsEntry("features.guests.greeting", "hello");
        assertThat(right.values())
                .anyMatch(value -> value.key().equals("features.guests.guests-max")
                        && value.origin().equals("flag"));
    }

    private record Broken(String name) implements Feature {

        @Override
        public void install(FeatureRegistry registry, Platform platform) {
            var unused = platform.settings(GuestFeature.GuestConfig.class); // Fails.
        }
    }

    @Test
    void anInstallationThatFailsIsNamed() throws IOException {
        var config = NodeConfig.read(settings(), List.of(new Broken("bench")));

        assertThat(Waiting.failure(Node.routes(config)))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("feature bench: its installation failed")
                .hasMessageContaining("no settings of " + GuestFeature.GuestConfig.class.getName());
    }
}
