package dev.skelly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Style rules as a test, in the project's own language. */
class TidyTest {

    private static final String CALM = """
            package calm;

            /** Says nothing. */
            public record Calm() {}
            """;

    /* With ~ for a dot, so that this file is tidy itself; the last ones are no naps. */
    private static final List<String> NAPS = List.of(
            "import static java.lang.Thread~sleep;",
            "class NapTest {{ Thread~sleep(1);",
            "  TimeUnit~SECONDS~sleep(1);",
            "  LockSupport~park" + "Nanos(1);",
            "  LockSupport~park" + "Until(1);",
            "  vertx~setTimer(1, id -> done.countDown());",
            "  vertx~timer(1).await();",
            "  CompletableFuture~delayedExecutor(1, SECONDS);",
            "  CompletableFuture~delayedExecutor(1, SECONDS); // The time itself is meant.",
            "  done~await(1, SECONDS); select(\"select pg_sleep(5)\"); }}");

    @Test
    void projectIsTidy() {
        assertThat(new Tidy(Path.of("").toAbsolutePath()).faults()).isEmpty();
    }

    @Test
    void untidyProjectIsCaughtOnEveryCount(@TempDir Path root) throws IOException {
        // Given
        plant(root, "src/main/java/calm/package-info.java", "/** Calm. */\n@NullMarked\npackage calm;\n");
        plant(root, "src/main/java/calm/Calm.java", CALM);
        plant(root, "src/main/java/calm/Long.java", CALM.replace("Calm()", "Long()") + "\n".repeat(300));
        plant(root, "src/main/java/calm/Shy.java", "package calm;\n\npublic record Shy() {}\n");
        plant(root, "src/main/java/calm/Loud.java", "class Loud {\n  void speak() { System.out.println(); }\n}\n");
        plant(root, "src/main/java/calm/Later.java", "class Later {} // TO" + "DO: the rest\n");
        plant(root, "src/main/java/calm/Local.java", "class Local { String at = \"/ro" + "ot/skelly\"; }\n");
        plant(
                root,
                "src/main/java/calm/Big.java",
                "class Big {\n  void grow() {\n" + "    ;\n".repeat(39) + "  }\n}\n");
        plant(root, "src/main/java/bare/Bare.java", "package bare;\n\nclass Bare {}\n");
        plant(root, "src/main/java/loose/package-info.java", "package loose;\n");
        plant(root, "src/main/java/calm/Twice.java", "class Twice { class Later {} }\n");
        plant(root, "src/docs/words.md", "Two ro" + "oms.\nA channel topic:ro" + "om/7.\nA fare" + "well.\n");
        plant(root, "src/test/java/calm/NapTest.java", "class NapTest {{ Thread.sl" + "eep(1); }}\n");

        // When
        var faults = new Tidy(root).faults();

        // Then
        assertThat(faults)
                .isEqualTo(List.of(
                        "class name stands twice: src/main/java/calm/Later.java:1, src/main/java/calm/Twice.java:1",
                        "file too long: src/main/java/calm/Long.java:304",
                        "method of 41 lines: src/main/java/calm/Big.java:2",
                        "no package-info: src/main/java/bare",
                        "package not @NullMarked: src/main/java/loose/package-info.java",
                        "path of one machine: src/main/java/calm/Local.java:1",
                        "prints: src/main/java/calm/Loud.java:2",
                        "private word: src/docs/words.md:1",
                        "private word: src/docs/words.md:3",
                        "public type without Javadoc: src/main/java/calm/Shy.java:3",
                        "sleep: src/test/java/calm/NapTest.java:1",
                        "unfinished: src/main/java/calm/Later.java:1"));
    }

    @Test
    void untidyClientIsCaughtButNotWhatNpmInstalled(@TempDir Path root) throws IOException {
        // Given
        plant(root, "src/web/client/src/long.ts", "// A wi" + "sh.\n" + "\n".repeat(300));
        plant(root, "src/web/client/build.mjs", "// TO" + "DO: the rest\n");
        plant(root, "src/web/client/package-lock.json", "{\n  \"resolved\": \"https://registry.example/a.tgz\"\n}\n");
        plant(root, "src/web/client/node_modules/other/long.js", "\n".repeat(301));

        // When
        var faults = new Tidy(root).faults();

        // Then
        assertThat(faults)
                .isEqualTo(List.of(
                        "file too long: src/web/client/src/long.ts:301",
                        "names a registry: src/web/client/package-lock.json:2",
                        "private word: src/web/client/src/long.ts:1",
                        "unfinished: src/web/client/build.mjs:1"));
    }

    @Test
    void everyWayToWaitForTimeToPassIsCaught(@TempDir Path root) throws IOException {
        // Given
        plant(root, "src/test/java/calm/NapTest.java", String.join("\n", NAPS).replace('~', '.'));
        plant(root, "src/main/java/calm/package-info.java", "/** Calm. */\n@NullMarked\npackage calm;\n");
        plant(root, "src/main/java/calm/Timed.java", "class Timed {{ vertx.set" + "Timer(1, id -> {}); }}\n");

        // When
        var faults = new Tidy(root).faults();

        // Then
        assertThat(faults)
                .isEqualTo(IntStream.rangeClosed(1, 8)
                        .mapToObj(line -> "sleep: src/test/java/calm/NapTest.java:" + line)
                        .toList());
    }

    private static void plant(Path root, String file, String text) throws IOException {
        var path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
