package dev.skelly.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.CommandHere;
import dev.skelly.testing.PreparedRun;
import dev.skelly.testing.SkellyProcess;
import dev.skelly.testing.Waiting;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as people call it: one process a command, except where the process is not what a test is about. */
class CommandLineIT {

    private static final Duration END_WITHIN = Waiting.LIMIT;
    private static final Pattern SERVICES_READY = Pattern.compile("(?m)^skelly services ready$");

    @Test
    void refusesFaultySettingsWithCode2(@TempDir Path folder) {
        // When
        var run = run(folder, "faulty", "--http.port=many", "--roles=dance", "--htp.host=x");

        // Then
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.output().lines()).hasSize(3).anyMatch(line -> line.contains("perhaps http.host"));
        assertThat(folder.resolve("skelly-data")).doesNotExist();
    }

    @Test
    void migratesOnceAndMakesAnAdministratorOnce(@TempDir Path folder) throws IOException {
        // Given
        PreparedRun.fill(folder.resolve("skelly-data"));
        var password = Files.writeString(folder.resolve("password"), "correct horse battery staple\n");
        var create = new String[] {
            "user", "create", "--admin", "--email=ada@example.org", "--password-file=" + password.getFileName()
        };

        // When
        var migrated = run(folder, "migrate", "migrate");
        var again = run(folder, "again", "migrate");
        var made = run(folder, "made", create);
        var twice = run(folder, "twice", create);

        // Then
        assertThat(migrated.code()).as(migrated.output()).isZero();
        assertThat(migrated.output()).containsPattern("migrations run: [1-9]");
        assertThat(again.output()).contains("migrations run: 0");
        assertThat(made.code()).as(made.output()).isZero();
        assertThat(made.output()).containsPattern("(?m)^[0-9a-f-]{36}$");
        assertThat(twice.code()).as(twice.output()).isEqualTo(1);
    }

    @Test
    void refusesASecondProcessOverTheSameData(@TempDir Path folder) {
        try (var services = start(folder, "services", "services", "--only=broker")) {
            // Given
            services.awaitLine(SERVICES_READY);

            // When
            var second = run(folder, "second", "--http.port=0");

            // Then
            assertThat(second.code()).isEqualTo(1);
            assertThat(second.output()).contains("is in use by process " + services.pid());
            assertThat(services.alive()).isTrue();
        }
    }

    @Test
    void runsANodeOnServicesOfAnotherProcessAndEndsBothWell(@TempDir Path folder) throws IOException {
        PreparedRun.fill(folder.resolve("services"));
        try (var services = start(folder, "services", "services", "--data.dir=" + folder.resolve("services"))) {
            // Given
            services.awaitLine(SERVICES_READY);
            var told = services.output()
                    .lines()
                    .filter(line -> line.matches("(db|broker)\\..*"))
                    .map(line -> "--" + line)
                    .toList();
            assertThat(told).hasSize(6);
            var flags = Stream.concat(told.stream(), Stream.of("--security.unsealed-keys=true"))
                    .toArray(String[]::new);

            // When
            var example = run(folder, "init", "init");
            try (var node = start(folder, "node", flags)) {
                var url = node.awaitReady();
                assertThat(example.code()).as(example.output()).isZero();
                assertThat(text(url.resolve("/types.ts"))).contains("\"list.item-added\"");
                assertThat(text(url.resolve("/app/"))).contains("/client.js");
                var healthy = run(folder, "health", "health", "--url=" + url);
                worksBesideARunningNode(folder, flags);
                node.terminate();

                // Then
                assertThat(healthy.code()).as(healthy.output()).isZero();
                assertThat(node.output())
                        .containsPattern("(?m)^  " + url + "/#first-administrator=[A-Za-z0-9_-]{43}$")
                        .contains("  app       " + url + "/\n", "  API docs  " + url + "/docs\n");
                assertThat(node.exitCode(END_WITHIN)).as(node.output()).isZero();
                assertThat(run(folder, "gone", "health", "--url=" + url).code()).isEqualTo(3);
            }
            services.terminate();
            assertThat(services.exitCode(END_WITHIN)).as(services.output()).isZero();
        }
    }

    @Test
    void showsNoSecretAmongItsSettings(@TempDir Path folder) throws IOException {
        // Given
        var secret = Files.writeString(folder.resolve("secret"), "hush");

        // When
        var printed = SkellyProcess.start(
                SkellyProcess.java(),
                folder,
                "print",
                List.of("config", "print", "--mail.smtp-url=smtp://ada:hush@mail:25"),
                Map.of("SKELLY_DB_PASSWORD_FILE", secret.toString()));

        // Then
        assertThat(printed.exitCode(END_WITHIN)).as(printed.output()).isZero();
        assertThat(printed.output())
                .contains("db.password = ******  # environment", "mail.smtp-url = smtp://ada:******@mail:25  # flag")
                .doesNotContain("hush");
    }

    @Test
    void runsTheDatabaseForAnOrdinaryUserToo(@TempDir Path folder) throws Exception {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "every other test is this one already");
        // Given
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        var jar = Files.copy(SkellyProcess.jar(), folder.resolve("skelly.jar"));
        var output = folder.resolve("output").toFile();

        // When
        var services = new ProcessBuilder(
                        "setpriv",
                        "--reuid=1000",
                        "--regid=1000",
                        "--clear-groups",
                        "java",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-jar",
                        jar.toString(),
                        "services",
                        "--only=database")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();

        // Then
        try {
            await().failFast(() -> !services.isAlive())
                    .until(() -> SERVICES_READY
                            .matcher(Files.readString(output.toPath()))
                            .find());
        } finally {
            services.destroy();
            assertThat(services.waitFor(END_WITHIN.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
        assertThat(services.exitValue()).isZero();
    }

    private static String text(URI url) throws IOException {
        try (var in = url.toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private record Run(int code, String output) {}

    private static void worksBesideARunningNode(Path folder, String... flags) throws IOException {
        var password = Files.writeString(folder.resolve("password"), "correct horse battery staple\n");
        var made = besides(
                folder,
                "made",
                flags,
                "user",
                "create",
                "--admin",
                "--email=ada@example.org",
                "--password-file=" + password.getFileName());
        var listed = here(folder, flags, "user", "list", "--json");
        var token = here(folder, flags, "token", "create", "--user=ada@example.org");
        var again = here(folder, flags, "work", "redispatch");
        var wrong = here(folder, flags, "work", "redispatch", "--worker=absent", "--from=0");
        var last = here(folder, flags, "user", "disable", "ada@example.org");

        assertThat(made.code()).as(made.output()).isZero();
        assertThat(listed.words()).contains("\"email\":\"ada@example.org\",\"roles\":[\"admin\",\"user\"]");
        assertThat(token.words()).containsPattern("(?m)^[\\w-]+\\.[\\w-]+\\.[\\w-]+$");
        assertThat(again.code()).as(again.words()).isZero();
        assertThat(again.words())
                .containsPattern("(?m)^welcome-mail: nothing to hand over again, up to position \\d+$");
        assertThat(wrong.code()).as(wrong.words()).isEqualTo(1);
        assertThat(wrong.words()).contains("--worker: absent (expected: one of ", "--from: 0 (expected: ");
        assertThat(last.code()).isEqualTo(1);
        assertThat(last.words()).contains("the only administrator");
    }

    private static Run besides(Path folder, String name, String[] flags, String... words) {
        return run(folder, name, Stream.of(words, flags).flatMap(Stream::of).toArray(String[]::new));
    }

    /* The process is not what these show; each would take two seconds. */
    private static CommandHere.Said here(Path folder, String[] flags, String... words) {
        var own = Stream.of("--data.dir=" + folder.resolve("skelly-data"));
        return CommandHere.run(Stream.of(Stream.of(words), Stream.of(flags), own)
                .flatMap(each -> each)
                .toArray(String[]::new));
    }

    private static Run run(Path folder, String name, String... words) {
        try (var process = start(folder, name, words)) {
            return new Run(process.exitCode(END_WITHIN), process.output());
        }
    }

    private static SkellyProcess start(Path folder, String name, String... words) {
        var arguments = new ArrayList<>(List.of(words));
        if (arguments.stream()
                .noneMatch(word -> word.matches("services|migrate|user|token|work|config|health|.*http\\.port=.*"))) {
            arguments.add("--http.port=0");
        }
        return SkellyProcess.start(folder, name, arguments);
    }
}
