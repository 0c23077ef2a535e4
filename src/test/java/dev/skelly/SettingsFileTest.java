package dev.skelly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.config.SettingValue;
import dev.skelly.config.Settings;
import dev.skelly.logging.LoggingConfig;
import dev.skelly.node.NodeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code conf/skelly.yaml} is the reference of all settings, so it lists each, with its true default, and changes nothing. */
class SettingsFileTest {

    private static final Path FILE = Path.of("conf", "skelly.yaml");

    @Test
    void changesNothingAsItIs() {
        assertThat(bind(FILE)).allMatch(value -> value.origin().equals("default"));
    }

    @Test
    void listsEverySettingWithItsDefault(@TempDir Path folder) throws IOException {
        // Given
        var uncommented = Files.readAllLines(FILE).stream()
                .filter(line -> !line.startsWith("##"))
                .map(line -> line.startsWith("#") ? line.substring(1) : line)
                .collect(Collectors.joining("\n"));

        // When
        var written = bind(Files.writeString(folder.resolve("all.yaml"), uncommented));

        // Then
        assertThat(written)
                .filteredOn(value -> value.origin().equals("default"))
                .as("settings missing from " + FILE)
                .isEmpty();
        assertThat(texts(written)).isEqualTo(texts(bind(FILE)));
    }

    @Test
    void explainsEachSetting() throws IOException {
        var lines = Files.readAllLines(FILE);
        for (var number = 1; number < lines.size(); number++) {
            if (lines.get(number).matches("#  [a-z].*")) {
                assertThat(lines.get(number - 1)).as(lines.get(number)).startsWith("##");
            }
        }
    }

    private static Map<String, String> texts(List<SettingValue> values) {
        return values.stream()
                .collect(Collectors.toMap(
                        SettingValue::key, value -> value.text().replace(" ", "")));
    }

    private static List<SettingValue> bind(Path file) {
        var settings = Settings.load(Map.of(), Map.of(), file);
        var node = NodeConfig.read(settings);
        var log = settings.bind("log", LoggingConfig.DEFAULT);
        settings.check();
        assertThat(node).isEqualTo(NodeConfig.read(Settings.load(Map.of(), Map.of(), null)));
        assertThat(log).isEqualTo(LoggingConfig.DEFAULT);
        return settings.values();
    }
}
