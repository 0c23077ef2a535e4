package dev.skelly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.PreparedRun;
import dev.skelly.testing.SkellyProcess;
import dev.skelly.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What the readme tells one to type works as it stands there, typed one after the other beside a node in an empty folder. */
class ReadmeIT {

    private static final Pattern TYPED = Pattern.compile("(?ms)^```bash\n(.*?)^```$");
    private static final Pattern EVENT = Pattern.compile("(?m)^event: ((?!skelly\\.).*)$");
    private static final Pattern ID = Pattern.compile("(?m)^id: .");
    private static final String NEXT = "--- next ---";

    @Test
    void theSessionWithCurlWorksAsWritten(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        // Given
        copy(Path.of("conf", "events", "feedback.yaml"), folder);
        PreparedRun.fill(folder.resolve("skelly-data"));
        try (var skelly = SkellyProcess.start(folder, "node", List.of("--http.port=0"))) {
            var url = skelly.awaitReady().toString();

            // When
            var said = type(typed(url, folder), folder);

            // Then
            assertThat(said).as("answers: " + said).hasSize(8);
            assertThat(said.get(0))
                    .startsWith("HTTP/1.1 201 Created")
                    .containsIgnoringCase("location: /api/users/")
                    .contains("\"position\":");
            assertThat(events(said.get(2))).startsWith("user.registered").contains("user.preferences-initialised");
            assertThat(ID.matcher(said.get(2)).results().count())
                    .as("events with their cursors, and where the stream stood")
                    .isGreaterThanOrEqualTo(events(said.get(2)).size());
            assertThat(said.get(2)).contains("event: skelly.hello", "event: skelly.ready");
            assertThat(events(said.get(3))).containsExactly("user.preferences-changed");
            assertThat(said.get(4)).contains("To: ada@example.org", "verify");
            assertThat(said.get(5)).contains("\"user.registered\"");
            assertThat(said.get(6)).contains("\"id\":", "\"position\":");
            assertThat(said.get(7)).contains("\"status\":422", "#/data/about", "#/data/stars");
        }
    }

    private static void copy(Path file, Path folder) throws IOException {
        var copy = folder.resolve(file);
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
    }

    /* Only where things are is another place here. */
    private static String typed(String url, Path folder) throws IOException {
        return TYPED.matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(block -> block.group(1))
                .map(block -> block.replace("/tmp/", folder + "/")
                        .replace("http://127.0.0.1:8080", url)
                        .replace("java -jar target/skelly.jar", java()))
                .collect(Collectors.joining("\necho '" + NEXT + "'\n"));
    }

    private static String java() {
        return Stream.concat(
                        Stream.concat(Stream.of(SkellyProcess.java().toString()), PreparedRun.flags().stream()),
                        Stream.of("-jar", SkellyProcess.jar().toString()))
                .collect(Collectors.joining(" "));
    }

    private static List<String> type(String commands, Path folder) throws IOException, InterruptedException {
        var output = folder.resolve("typed.log");
        var shell = new ProcessBuilder("bash", "-c", commands)
                .directory(folder.toFile())
                .redirectError(folder.resolve("typed.err").toFile())
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(shell.waitFor(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .as("it ends")
                    .isTrue();
        } finally {
            shell.destroyForcibly();
        }
        return Arrays.stream(Files.readString(output).split(NEXT + "\n", -1)).toList();
    }

    private static List<String> events(String stream) {
        return EVENT.matcher(stream)
                .results()
                .map((MatchResult line) -> line.group(1))
                .toList();
    }
}
