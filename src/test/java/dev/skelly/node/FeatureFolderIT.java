package dev.skelly.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skelly.config.InvalidSettingsException;
import dev.skelly.config.Settings;
import dev.skelly.config.StartException;
import dev.skelly.testing.TestJar;
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

/** The folder of features in a whole node: what a jar brings, and what a start says of a jar that is wrong. */
class FeatureFolderIT {

    private static final String TYPES = """
            types:
              - name: booking.placed
                meaning: Somebody ordered.
                data: {type: object, properties: {}, additionalProperties: false}
                audience: [public]
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Path features() {
        return folder.resolve("features");
    }

    private void write(String migration) {
        new TestJar()
                .source(
                        "com.example.OrdersFeature",
                        TestJar.featureSource("com.example.OrdersFeature", "\"bookings\"", """
                        public java.util.Optional<String> declarations() { return java.util.Optional.of("/bookings.yaml"); }
                        public java.util.Optional<Record> settings() { return java.util.Optional.of(new Config(5)); }
                        public record Config(int most) {}
                        """))
                .service("com.example.OrdersFeature")
                .file("bookings.yaml", TYPES)
                .file("db/bookings/001_bookings.sql", migration)
                .file("web/bookings/index.html", "<h1>Orders</h1>")
                .write(features().resolve("bookings.jar"));
    }

    private Settings settings(Map<String, String> more) throws IOException {
        var flags = new HashMap<>(more);
        flags.put("features.dir", features().toString());
        return Settings.load(flags, Map.of(), Files.writeString(folder.resolve("empty.yaml"), ""));
    }

    @Test
    void bringsTypesTablesPagesAndSettings() {
        write("create table placed_order (id uuid primary key);");
        var flags = Map.of("features.dir", features().toString(), "features.bookings.most", "3");

        try (var node = WholeNode.start(flags)) {
            assertThat(node.get("/bookings/").body()).isEqualTo("<h1>Orders</h1>");
            assertThat(node.get("/bookings/none.html").statusCode()).isEqualTo(404);
            assertThat(node.get("/feature-map.json").body()).contains("\"booking.placed\"");
            assertThat(count(node.database())).isZero();
        }
    }

    private static long count(TestDatabase database) {
        return Waiting.on(database.pool()
                        .query("select count(*) from placed_order")
                        .execute())
                .iterator()
                .next()
                .getLong(0);
    }

    @Test
    void aBrokenJarIsReportedWithEveryOtherFaultOfTheSettings() throws IOException {
        Files.createDirectories(features());
        Files.writeString(features().resolve("broken.jar"), "no jar");
        var settings = settings(Map.of("http.port", "99999"));
        assertThat(NodeConfig.read(settings).features().list()).isEmpty();

        assertThatThrownBy(settings::check)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("broken.jar: ")
                .hasMessageContaining("http.port: 99999");
    }

    @Test
    void aJarNeedsANameOfItsOwn() throws IOException {
        new TestJar()
                .feature("com.example.Other", "\"accounts\"")
                .write(features().resolve("other.jar"));
        var settings = settings(Map.of());
        assertThat(NodeConfig.read(settings).features().list()).isEmpty();

        assertThatThrownBy(settings::check)
                .hasMessageContaining("other.jar: feature name accounts is used by a built-in feature");
    }

    @Test
    void aSettingOfAJarThatIsGoneIsUnknown() throws IOException {
        var settings = settings(Map.of("features.bookings.most", "3"));
        assertThat(NodeConfig.read(settings).features().list()).isEmpty();

        assertThatThrownBy(settings::check).hasMessageContaining("features.bookings.most: unknown");
    }

    @Test
    void aMigrationThatFailsIsOneLineWithItsFeatureAndJar() throws IOException {
        write("creat table placed_order (id uuid);");
        try (var database = TestDatabase.complete()) {
            var at = database.address();
            var settings = settings(Map.of(
                    "db.url", "postgresql://127.0.0.1:" + at.port() + "/" + at.database(),
                    "db.user", at.user(),
                    "db.password", at.password(),
                    "data.dir", folder.resolve("data").toString()));
            var config = NodeConfig.read(settings).forOneCommand();
            settings.check();

            var failure = Waiting.failure(Node.migrate(config));

            assertThat(failure)
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("bookings.jar: the migrations of feature bookings failed")
                    .hasMessageContaining("syntax error");
            assertThat(List.of(String.valueOf(failure.getMessage()).split("\n")))
                    .hasSize(1);
        }
    }
}
