package dev.skelly.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skelly.config.InvalidSettingsException;
import dev.skelly.feature.Feature;
import dev.skelly.testing.TestJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way in which a jar can be broken, all in one folder. */
class BrokenFeatureJarsTest {

    private static final String SERVICES = "META-INF/services/" + Feature.class.getName();
    private static final String CLASS = "a public class of this jar that implements " + Feature.class.getName()
            + " and has a public constructor without parameters that does not fail";
    private static final String NAME =
            "a lower-case letter, and at most 39 lower-case letters, digits and hyphens after it";
    private static final String VERSION = "a jar that was compiled against this version of Skelly";

    private static final String FAULTS = """
            a1.jar: cannot be read as a jar (expected: a complete jar that this process may read)
            a2.jar: cannot be read as a jar (expected: a complete jar that this process may read)
            a3.jar: cannot be read as a jar (expected: a complete jar that this process may read)
            b1.jar: has no SERVICES (expected: that file, with the names of its feature classes)
            b2.jar: SERVICES names no class (expected: the names of its feature classes)
            b3.jar: Provider orders.Missing not found (expected: CLASS)
            b4.jar: orders.Thing not a subtype (expected: CLASS)
            b5.jar: dev.skelly.features.tracking.TrackingFeature is not in this jar (expected: a class of this jar)
            b6.jar: jar:file:b6.jar!/SERVICES:1: Illegal configuration-file syntax (expected: CLASS)
            c1.jar: orders.Closed Unable to get public no-arg constructor: java.lang.NoSuchMethodException: \
            orders.Closed.<init>() (expected: CLASS)
            c2.jar: Provider orders.Throws could not be instantiated: java.lang.IllegalStateException: no luck today \
            (expected: CLASS)
            c3.jar: Provider orders.Static could not be instantiated: java.lang.IllegalStateException: no luck here \
            (expected: CLASS)
            c4.jar: a feature class cannot be loaded: java.lang.UnsupportedClassVersionError: orders/OrdersFeature \
            has been compiled by a more recent version of the Java Runtime (class file version 99.0), this version of \
            the Java Runtime only recognizes class file versions up to CLASSES.0 (expected: classes for Java JAVA or older)
            c5.jar: Provider orders.Former could not be instantiated: java.lang.NoSuchMethodError: \
            'void dev.skelly.event.Json.gone()' (expected: VERSION)
            c6.jar: orders.Nameless has no method name (expected: VERSION)
            c7.jar: orders.Of has the feature name null (expected: NAME)
            c8.jar: orders.Of has the feature name Orders_1 (expected: NAME)
            c9.jar: orders.Of does not tell its name: java.lang.IllegalStateException: no name (expected: CLASS)
            d1.jar: a feature class cannot be loaded: java.lang.ClassFormatError: Truncated class file (expected: VERSION)""".replace("SERVICES", SERVICES)
            .replace("CLASSES", Integer.toString(Runtime.version().feature() + 44))
            .replace("CLASS", CLASS)
            .replace("NAME", NAME)
            .replace("VERSION", VERSION)
            .replace("JAVA", Integer.toString(Runtime.version().feature()));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Path jar(String name) {
        return folder.resolve(name);
    }

    private static TestJar orders() {
        return new TestJar().feature("orders.OrdersFeature", "\"orders\"");
    }

    @Test
    void tellsEveryFaultOfEveryFileAtOnce() throws IOException {
        writeUnreadable();
        writeWithoutFeature();
        writeUnfit();
        writeFormer();

        var failure = catchThrowableOfType(
                InvalidSettingsException.class,
                () -> FeatureJars.load(folder, Set.of()).close());

        assertThat(failure.faults().stream()
                        .map(fault -> fault.replace(folder + "/", ""))
                        .collect(Collectors.joining("\n")))
                .isEqualTo(FAULTS);
        assertThat(TestJar.openBelow(folder)).isEmpty();
    }

    private void writeUnreadable() throws IOException {
        Files.writeString(jar("a1.jar"), "no zip");
        var whole = Files.readAllBytes(orders().write(jar("a2.jar")));
        Files.write(jar("a2.jar"), Arrays.copyOf(whole, whole.length / 2));
        Files.createDirectory(jar("a3.jar"));
    }

    private void writeWithoutFeature() {
        new TestJar().file("notes.txt", "").write(jar("b1.jar"));
        new TestJar().service("# none").write(jar("b2.jar"));
        new TestJar().service("orders.Missing").write(jar("b3.jar"));
        new TestJar()
                .source("orders.Thing", "package orders; public class Thing {}")
                .service("orders.Thing")
                .write(jar("b4.jar"));
        new TestJar().service("dev.skelly.features.tracking.TrackingFeature").write(jar("b5.jar"));
        new TestJar().service("no class at all").write(jar("b6.jar"));
    }

    private void writeUnfit() throws IOException {
        write("c1.jar", "orders.Closed", "\"orders\"", "Closed() {}");
        write(
                "c2.jar",
                "orders.Throws",
                "\"orders\"",
                "public Throws() { throw fault(); }"
                        + " RuntimeException fault() { return new IllegalStateException(\"no luck\\ntoday\"); }");
        write(
                "c3.jar",
                "orders.Static",
                "\"orders\"",
                "static int a = fault();"
                        + " static int fault() { throw new IllegalStateException(\"no luck here\"); }");
        makeNewer(orders().write(jar("c4.jar")));
        write("c7.jar", "orders.Of", "null", "");
        write("c8.jar", "orders.Of", "\"Orders_1\"", "");
        write("c9.jar", "orders.Of", "fault()", "String fault() { throw new IllegalStateException(\"no name\"); }");
        new TestJar()
                .file("orders/Cut.class", new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, 61})
                .service("orders.Cut")
                .write(jar("d1.jar"));
    }

    /* Compiled against classes that the program does not have. */
    private void writeFormer() {
        new TestJar()
                .against(
                        "dev.skelly.event.Json",
                        "package dev.skelly.event; public class Json { public static void gone() {} }")
                .source(
                        "orders.Former",
                        TestJar.featureSource(
                                "orders.Former", "\"orders\"", "public Former() { dev.skelly.event.Json.gone(); }"))
                .service("orders.Former")
                .write(jar("c5.jar"));
        new TestJar()
                .against("dev.skelly.feature.Feature", "package dev.skelly.feature; public interface Feature {}")
                .source(
                        "orders.Nameless",
                        "package orders; public class Nameless implements dev.skelly.feature.Feature {}")
                .service("orders.Nameless")
                .write(jar("c6.jar"));
    }

    private void write(String jar, String type, String name, String members) {
        new TestJar()
                .source(type, TestJar.featureSource(type, name, members))
                .service(type)
                .write(jar(jar));
    }

    /* Bytes 6 and 7 of a class file are its version (Java Virtual Machine Specification, section 4.1). */
    private static void makeNewer(Path jar) throws IOException {
        var rewritten = new TestJar().service("orders.OrdersFeature");
        try (var zip = new ZipFile(jar.toFile())) {
            var bytes = zip.getInputStream(new ZipEntry("orders/OrdersFeature.class"))
                    .readAllBytes();
            bytes[7] = 99;
            rewritten.file("orders/OrdersFeature.class", bytes);
        }
        rewritten.write(jar);
    }
}
