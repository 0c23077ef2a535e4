package dev.skelly.features.settings;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.config.RuntimeSettings;
import dev.skelly.config.SettingValue;
import dev.skelly.config.Settings;
import dev.skelly.config.SharedSettings;
import dev.skelly.event.CommandContext;
import dev.skelly.features.audit.AuditFeature;
import dev.skelly.testkit.FeatureFixture;
import dev.skelly.testkit.MovableClock;
import dev.skelly.testkit.TestDatabase;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One entry for each change of the settings, none for a start without one, and nothing of what is a node's own or secret. */
final class SettingChangesIT {

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T12:00:00Z"));
    private final FeatureFixture house =
            new FeatureFixture(TestDatabase.fresh("audit", "settings"), clock, new AuditFeature(), settings());

    private static SettingsFeature settings() {
        var none = new RuntimeSettings(Settings.load(Map.of(), Map.of(), null), Map.of(), List.of());
        return new SettingsFeature(Map.of(), none, changes -> {}, SettingsConfig.DEFAULT);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private Future<?> start(String... more) {
        var values = new HashMap<>(Map.of(
                "auth.registration", "open",
                "mail.smtp-url", "",
                "admin.password", "",
                "http.port", "8080",
                "data.dir", "skelly-data",
                "cluster.host", "127.0.0.1"));
        for (var n = 0; n < more.length; n += 2) {
            values.put(more[n], more[n + 1]);
        }
        var shown = values.entrySet().stream()
                .map(entry -> new SettingValue(entry.getKey(), entry.getValue(), "flag"))
                .toList();
        return house.send(new RecordSettings(SharedSettings.of(shown)), CommandContext.byOperator(new UUID(0, 1)));
    }

    private List<String> noted() {
        return house.texts("select before::text || ' ' || after::text || ' ' || address from audit order by id");
    }

    @Test
    void tellsOnceWhatChangedAndNothingOfAStartWithTheSame() {
        // When
        await(start());
        await(start());
        await(start("auth.registration", "closed", "mail.smtp-url", "smtp://ada:******@mail:25"));
        await(start("auth.registration", "closed", "mail.smtp-url", "smtp://ada:******@mail:25"));

        // Then
        assertThat(noted())
                .containsExactly("{\"mail.smtp-url\": \"\", \"auth.registration\": \"open\"}"
                        + " {\"mail.smtp-url\": \"smtp://ada:******@mail:25\", \"auth.registration\": \"closed\"}"
                        + " command-line");
        assertThat(house.texts("select type || ' ' || data::text from event"))
                .containsExactly("system.config-updated {\"changed\": [\"auth.registration\", \"mail.smtp-url\"]}");
    }

    @Test
    void ofNodesThatStartTogetherWithTheSameChangeOneTellsIt() {
        // Given
        await(start());

        // When
        await(Future.all(Stream.generate(() -> start("auth.registration", "private"))
                .limit(8)
                .toList()));

        // Then
        assertThat(noted()).hasSize(1);
        assertThat(house.texts("select type from event")).hasSize(1);
    }

    @Test
    void whatIsANodesOwnDoesNotTakeTurns() {
        // When
        await(start("http.port", "1", "data.dir", "a", "cluster.host", "10.0.0.1"));
        await(start("http.port", "2", "data.dir", "b", "cluster.host", "10.0.0.2"));

        // Then
        assertThat(noted()).isEmpty();
        assertThat(house.texts("select key from setting_seen order by key"))
                .containsExactly("admin.password", "auth.registration", "mail.smtp-url");
    }

    @Test
    void aKeyThatOnlyANewerProgramKnowsWasChangedByNobody() {
        // When
        await(start());
        await(start("auth.new-key", "1h"));
        await(start("auth.new-key", "2h"));

        // Then
        assertThat(noted()).hasSize(1);
    }
}
