package dev.skelly.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    enum Colour {
        RED,
        DARK_BLUE
    }

    record Lamp(
            int watts,
            Duration warmUp,
            boolean dimmable,
            String name,
            SecretValue code,
            List<String> features,
            Set<Colour> colours,
            Path manual) {

        static final Lamp DEFAULT = new Lamp(
                40,
                Duration.ofMillis(1500),
                false,
                "lamp",
                SecretValue.NONE,
                List.of(),
                Set.of(Colour.RED),
                Path.of("m.txt"));

        Lamp {
            if (watts < 1) {
                throw new IllegalArgumentException("lamp.watts: " + watts + " (expected: at least 1)");
            }
            if (warmUp.isNegative() || warmUp.isZero()) {
                throw new IllegalArgumentException("lamp.warm-up: " + warmUp + " (expected: more than 0)");
            }
        }
    }

    @TempDir
    private Path folder;

    @Test
    void keepsTheDefaultsWhereNothingIsSaid() {
        var settings = Settings.load(Map.of(), Map.of(), file(""));

        assertThat(settings.bind("lamp", Lamp.DEFAULT)).isEqualTo(Lamp.DEFAULT);
        settings.check();
        assertThat(settings.values())
                .contains(new SettingValue("lamp.warm-up", "1500ms", "default"))
                .contains(new SettingValue("lamp.colours", "red", "default"));
    }

    @Test
    void prefersTheFlagToTheEnvironmentToTheFile() {
        var file = file("lamp:\n  watts: 1\n  name: file\n  warm-up: 2m\n");
        var environment = Map.of("SKELLY_LAMP_WATTS", "2", "SKELLY_LAMP_NAME", "environment");

        var settings = Settings.load(Map.of("lamp.watts", "3"), environment, file);
        var lamp = settings.bind("lamp", Lamp.DEFAULT);

        assertThat(lamp.watts()).isEqualTo(3);
        assertThat(lamp.name()).isEqualTo("environment");
        assertThat(lamp.warmUp()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.values())
                .contains(new SettingValue("lamp.watts", "3", "flag"))
                .contains(new SettingValue("lamp.name", "environment", "environment"))
                .contains(new SettingValue("lamp.warm-up", "2m", file.toString()));
    }

    @Test
    void readsEveryKindOfValue() {
        var settings = Settings.load(
                Map.of(
                        "lamp.dimmable",
                        "true",
                        "lamp.features",
                        "hall, attic",
                        "lamp.manual",
                        "/tmp/x",
                        "lamp.warm-up",
                        "PT3S"),
                Map.of(),
                file("lamp:\n  colours: [red, dark-blue]\n"));

        var lamp = settings.bind("lamp", Lamp.DEFAULT);

        settings.check();
        assertThat(lamp.dimmable()).isTrue();
        assertThat(lamp.features()).containsExactly("hall", "attic");
        assertThat(lamp.manual()).isEqualTo(Path.of("/tmp/x"));
        assertThat(lamp.warmUp()).isEqualTo(Duration.ofSeconds(3));
        assertThat(lamp.colours()).containsExactlyInAnyOrder(Colour.RED, Colour.DARK_BLUE);
    }

    @Test
    void readsASecretFromAFileAndShowsItNowhere() throws IOException {
        var secret = Files.writeString(folder.resolve("code"), "p${x}$\n");

        var settings = Settings.load(Map.of(), Map.of("SKELLY_LAMP_CODE_FILE", secret.toString()), file(""));
        var lamp = settings.bind("lamp", Lamp.DEFAULT);

        assertThat(lamp.code().value()).isEqualTo("p${x}$");
        assertThat(lamp.toString()).doesNotContain("p${x}$");
        assertThat(settings.values()).contains(new SettingValue("lamp.code", "******", "environment"));
    }

    @Test
    void tellsEveryFaultAtOnce() {
        var flags = Map.of(
                "lamp.watts", "0",
                "lamp.warm-up", "-PT1S",
                "lamp.dimmable", "perhaps",
                "lamp.colours", "red,green",
                "lamp.wats", "5");
        var settings = Settings.load(flags, Map.of("SKELLY_LAMP_CODE_FILE", "/nowhere"), file("lmap:\n  name: x\n"));

        assertThat(settings.bind("lamp", Lamp.DEFAULT)).isEqualTo(Lamp.DEFAULT);

        assertThat(catchThrowableOfType(InvalidSettingsException.class, settings::check)
                        .faults())
                .containsExactlyInAnyOrder(
                        "SKELLY_LAMP_CODE_FILE: /nowhere (expected: a file that can be read)",
                        "lamp.dimmable: perhaps (expected: true or false)",
                        "lamp.colours: red,green (expected: one of red, dark-blue)",
                        "lamp.watts: 0 (expected: at least 1)",
                        "lamp.warm-up: PT-1S (expected: more than 0)",
                        "lamp.wats: unknown (expected: a known setting, perhaps lamp.watts)",
                        "lmap.name: unknown (expected: a known setting, perhaps lamp.name)");
    }

    @Test
    void tellsOfAFileThatIsMissingOrNoYaml() {
        var missing = Settings.load(Map.of(), Map.of(), folder.resolve("missing.yaml"));
        var broken = Settings.load(Map.of(), Map.of(), file("lamp: [\n"));

        assertThat(catchThrowableOfType(InvalidSettingsException.class, missing::check)
                        .faults())
                .singleElement()
                .asString()
                .contains("missing.yaml (expected: a file that can be read)");
        assertThat(catchThrowableOfType(InvalidSettingsException.class, broken::check)
                        .faults())
                .singleElement()
                .asString()
                .endsWith("(expected: YAML)");
    }

    @Test
    void writesTimesInTheUnitInWhichTheyAreShortest() {
        assertThat(ValueParser.write(Duration.ofDays(14))).isEqualTo("14d");
        assertThat(ValueParser.write(Duration.ofSeconds(90))).isEqualTo("90s");
        assertThat(ValueParser.write(Duration.ofMillis(250))).isEqualTo("250ms");
        assertThat(ValueParser.write(Duration.ZERO)).isEqualTo("0s");
    }

    private Path file(String content) {
        try {
            return Files.writeString(folder.resolve("skelly.yaml"), content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    record Link(String url, String masterKey) {

        static final Link DEFAULT = new Link("", "");
    }

    @Test
    void showsNoSecretOfAUrlHoweverItIsWritten() {
        for (var url : List.of(
                "postgresql://ada@db:5432/app?ssl=true&password=hush&x=1",
                "postgresql://ada:hu/sh?@db/app?sslpassword=hush",
                "https://vault/v1?x=1&secret=hush",
                "https://pay.example.org/?api_key=hush&n=2",
                "https://pay.example.org/?access-token=hush#key=hush",
                "jdbc:sqlserver://db;user=ada;PWD=hush;x=1",
                "amqp://ada:hush@one:5672,amqp://ada:hush@two:5672",
                "host=db user=ada password=hush")) {
            var settings = Settings.load(Map.of("link.url", url), Map.of(), file(""));
            var unused = settings.bind("link", Link.DEFAULT);

            assertThat(settings.values())
                    .filteredOn(value -> value.key().equals("link.url"))
                    .singleElement()
                    .satisfies(
                            value -> assertThat(value.text()).contains("******").doesNotContain("hush", "hu/sh"));
        }
        for (var plain :
                List.of("postgresql://ada@db:5432/app?ssl=true", "https://host/monkey=1?keyboard=de", "a key = b")) {
            assertThat(SecretMasking.text(plain)).isEqualTo(plain);
        }
    }

    record Vault(String keyCommand, String at) {

        static final Vault DEFAULT = new Vault("", "");

        Vault {
            if (at.startsWith("!") || keyCommand.startsWith("!")) {
                throw new IllegalArgumentException("vault.at: " + at + " or " + keyCommand + " (expected: no !)");
            }
        }
    }

    @Test
    void showsOnlyTheProgramOfACommand() {
        var shown = Map.of(
                "vault read -field=key app --password hush", "vault ******",
                "TOKEN=hush vault read", "******",
                "/usr/bin/key", "/usr/bin/key",
                "curl -u ada:hush https://vault", "curl ******");
        shown.forEach((command, expected) -> {
            var settings = Settings.load(Map.of("vault.key-command", command), Map.of(), file(""));

            assertThat(settings.bind("vault", Vault.DEFAULT).keyCommand()).isEqualTo(command);
            assertThat(settings.values()).contains(new SettingValue("vault.key-command", expected, "flag"));
        });
    }

    @Test
    void faultsShowNoSecretEither() {
        var settings = Settings.load(
                Map.of("vault.at", "!https://ada:my hush@vault?pwd=hush", "vault.key-command", "! print hush"),
                Map.of(),
                file(""));
        var unused = settings.bind("vault", Vault.DEFAULT);

        assertThat(catchThrowableOfType(InvalidSettingsException.class, settings::check)
                        .faults())
                .isNotEmpty()
                .allSatisfy(fault -> assertThat(fault).contains("vault.at: ").doesNotContain("hush"));
        assertThat(new StartException("broker.url: amqp://ada:hush@mq refused"))
                .hasMessage("broker.url: amqp://ada:******@mq refused");
    }

    @Test
    void showsNoPasswordOfAnAddressAndNoKey() {
        var flags = Map.of("link.url", "smtp://ada:p:a@ss@mail:25", "link.master-key", "hush");
        var settings = Settings.load(flags, Map.of(), file(""));

        var link = settings.bind("link", Link.DEFAULT);

        assertThat(link.url()).isEqualTo("smtp://ada:p:a@ss@mail:25");
        assertThat(settings.values())
                .contains(new SettingValue("link.url", "smtp://ada:******@mail:25", "flag"))
                .contains(new SettingValue("link.master-key", "******", "flag"));
    }
}
