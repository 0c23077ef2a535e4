package dev.skelly.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skelly.config.InvalidSettingsException;
import dev.skelly.feature.Feature;
import dev.skelly.testing.TestJar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureJarsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Path jar(String name) {
        return folder.resolve(name);
    }

    private static TestJar orders() {
        return new TestJar().feature("orders.OrdersFeature", "\"orders\"");
    }

    private List<String> faults(String... taken) {
        var failure = catchThrowableOfType(
                InvalidSettingsException.class,
                () -> FeatureJars.load(folder, Set.of(taken)).close());
        return failure.faults().stream()
                .map(fault -> fault.replace(folder + "/", ""))
                .toList();
    }

    @Test
    void loadsAllJarsInTheOrderOfTheirNames() {
        orders().write(jar("b.jar"));
        new TestJar()
                .feature("stock.StockFeature", "\"stock\"")
                .feature("stock.ShelfFeature", "\"shelf-2\"")
                .file("db/stock/001_stock.sql", "")
                .file("db/shelf-2/001_shelf.sql", "")
                .file("web/stock/index.html", "")
                .write(jar("a.JAR"));
        new TestJar().file("notes.txt", "").write(jar("notes.zip"));

        try (var jars = FeatureJars.load(folder, Set.of("accounts"))) {
            assertThat(jars.features()).extracting(Feature::name).containsExactly("stock", "shelf-2", "orders");
            assertThat(jars.loaders().keySet()).containsExactly("stock", "shelf-2", "orders");
            assertThat(Set.copyOf(jars.loaders().values())).hasSize(2);
        }
    }

    @Test
    void hasNoFeaturesWithoutFolder() {
        try (var jars = FeatureJars.load(folder.resolve("missing"), Set.of())) {
            assertThat(jars.features()).isEmpty();
        }
    }

    @Test
    void refusesAFileInPlaceOfTheFolder() throws IOException {
        var file = Files.writeString(folder.resolve("features"), "");

        assertThat(catchThrowableOfType(
                                InvalidSettingsException.class,
                                () -> FeatureJars.load(file, Set.of()).close())
                        .faults())
                .containsExactly("features.dir: " + file + " cannot be read as a folder (expected: a folder of jars)");
    }

    @Test
    void jarsSeeNeitherEachOtherNorReplaceClassesOfTheProgram() throws Exception {
        orders().source("shared.Thing", "package shared; public class Thing {}")
                .source("dev.skelly.event.Json", "package dev.skelly.event; public class Json {}")
                .file("events/tracking.yaml", "of orders")
                .write(jar("orders.jar"));
        new TestJar().feature("stock.StockFeature", "\"stock\"").write(jar("stock.jar"));

        try (var jars = FeatureJars.load(folder, Set.of())) {
            var orders = loader(jars, "orders");
            var stock = loader(jars, "stock");
            assertThat(orders.loadClass("shared.Thing").getClassLoader()).isSameAs(orders);
            assertThat(catchThrowableOfType(ClassNotFoundException.class, () -> stock.loadClass("shared.Thing")))
                    .isNotNull();
            assertThat(orders.loadClass("dev.skelly.event.Json")).isSameAs(dev.skelly.event.Json.class);
            assertThat(text(orders, "events/tracking.yaml")).isEqualTo("of orders");
            assertThat(text(stock, "events/tracking.yaml")).contains("ui.clicked");
        }
    }

    private static ClassLoader loader(FeatureJars jars, String feature) {
        return Objects.requireNonNull(jars.loaders().get(feature));
    }

    private static String text(ClassLoader loader, String name) throws IOException {
        try (var stream = loader.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void twoLoadersOfOneJarCloseIndependently() throws IOException {
        orders().file("web/orders/a.txt", "a").write(jar("orders.jar"));
        try (var first = FeatureJars.load(folder, Set.of());
                var stream = loader(first, "orders").getResourceAsStream("web/orders/a.txt")) {
            try (var second = FeatureJars.load(folder, Set.of())) {
                assertThat(text(loader(second, "orders"), "web/orders/a.txt")).isEqualTo("a");
            }
            assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("a");
        }
        assertThat(TestJar.openBelow(folder)).isEmpty();
    }

    @Test
    void refusesNamesThatAreUsedTwice() {
        orders().write(jar("orders-1.jar"));
        orders().write(jar("orders-2.jar"));
        new TestJar().feature("a.AccountsFeature", "\"accounts\"").write(jar("accounts.jar"));
        new TestJar().feature("a.LogFeature", "\"log\"").write(jar("log.jar"));
        new TestJar().feature("a.One", "\"one\"").feature("a.Two", "\"one\"").write(jar("one.jar"));

        assertThat(faults("accounts"))
                .containsExactlyInAnyOrder(
                        "accounts.jar: feature name accounts is used by a built-in feature"
                                + " (expected: another name, or only one of them)",
                        "log.jar: feature name log is used by the program"
                                + " (expected: another name, or only one of them)",
                        "one.jar: feature name one stands twice in it (expected: unique names)",
                        "orders-2.jar: feature name orders is used by " + "orders-1.jar"
                                + " (expected: another name, or only one of them)");
    }

    @Test
    void refusesFilesInFoldersOfOthersAndFoldersThatAreNotFound() {
        orders().file("db/accounts/001_steal.sql", "")
                .file("db/accounts/002_more.sql", "")
                .file("db/loose.sql", "")
                .file("db/orders/001_orders.sql", "")
                .file("web/index.html", "")
                .file("web/docs/index.html", "")
                .file("web/orders/a/b.css", "")
                .write(jar("orders.jar"));
        new TestJar()
                .feature("stock.StockFeature", "\"stock\"")
                .file("db/stock/001_stock.sql", "")
                .withoutFolders()
                .write(jar("stock.jar"));

        assertThat(faults())
                .containsExactly(
                        "orders.jar: has files in db/accounts/ (expected: only in db/orders/)",
                        "orders.jar: has files in db/ (expected: only in db/orders/)",
                        "orders.jar: has files in web/docs/ (expected: only in web/orders/)",
                        "orders.jar: has files in web/ (expected: only in web/orders/)",
                        "stock.jar: has no entry for the folder db/stock/"
                                + " (expected: entries for folders, as jar and Maven write them)");
    }
}
