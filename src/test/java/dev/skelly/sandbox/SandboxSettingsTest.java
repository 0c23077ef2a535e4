package dev.skelly.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.skelly.config.InvalidSettingsException;
import dev.skelly.config.SettingValue;
import dev.skelly.config.Settings;
import dev.skelly.node.NodeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxSettingsTest {

    private static final Map<String, String> ORIGINAL = Map.of(
            "auth.registration", "private",
            "features.off", "orders,payments",
            "web.dir", "pages",
            "http.port", "80",
            "db.url", "postgresql://db/skelly",
            "db.password", "hush",
            "mail.smtp-url", "smtp://ada:hush@mail",
            "security.master-key-command", "cat hush",
            "privacy.erasure-file", "/mnt/erased",
            "security.issuer", "a \"b\" \\ c");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static List<SettingValue> values(Map<String, String> flags, Path file) {
        var settings = Settings.load(flags, Map.of(), file);
        assertThat(NodeConfig.read(settings).parts()).isNotEmpty();
        settings.check();
        return settings.values();
    }

    private Path written() throws IOException {
        var originals = values(ORIGINAL, Files.writeString(folder.resolve("original.yaml"), ""));
        return Files.writeString(
                folder.resolve("skelly.yaml"), SandboxSettings.file(originals, folder.resolve("data"), 8081));
    }

    @Test
    void areThoseOfTheOriginalWithoutItsMachineAndItsSecrets() throws IOException {
        // When
        var file = written();

        // Then
        var set = new HashMap<String, String>();
        values(Map.of(), file).stream()
                .filter(value -> !value.origin().equals("default"))
                .forEach(value -> set.put(value.key(), value.text()));
        assertThat(set)
                .containsOnlyKeys(
                        "auth.registration",
                        "data.dir",
                        "events.dir",
                        "features.dir",
                        "features.off",
                        "http.port",
                        "notifications.dir",
                        "sandbox.enabled",
                        "security.issuer",
                        "web.dir")
                .containsEntry("features.off", "orders,payments")
                .containsEntry("http.port", "8081")
                .containsEntry("security.issuer", "a \"b\" \\ c")
                .containsEntry("web.dir", Path.of("pages").toAbsolutePath().toString());
        assertThat(Files.readString(file)).doesNotContain("hush");
    }

    @Test
    void areRefusedWithWhatLeadsOutside() throws IOException {
        // Given
        var file = written();
        var outside = Map.of("db.url", "postgresql://db/skelly", "mail.smtp-url", "smtp://mail");

        // When, Then
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> values(outside, file))
                .extracting(InvalidSettingsException::faults, LIST)
                .containsExactly(
                        "db.url: set by flag (expected: empty, because sandbox.enabled allows nothing outside)",
                        "mail.smtp-url: set by flag (expected: empty, because sandbox.enabled allows nothing outside)");
    }
}
