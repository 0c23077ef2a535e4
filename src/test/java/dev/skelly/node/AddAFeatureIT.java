package dev.skelly.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skelly.testing.PreparedRun;
import dev.skelly.testing.SkellyProcess;
import dev.skelly.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The walk-through {@code src/docs/add-a-feature.md}: {@code scripts/new-feature} makes its code, outside the clone; the project builds and passes
 * its test against the artefacts as {@code mvn install} leaves them; its jar works in the program, and is gone without a trace in the next start.
 */
class AddAFeatureIT {

    private static final Path DOCUMENT = Path.of("src", "docs", "add-a-feature.md");
    private static final Pattern SHOWN = Pattern.compile("(?ms)^`(src/\\S+)`\n\n```\\w+\n(.*?\n)```$");
    private static final String NEW_FEATURE = "scripts/new-feature";
    private static final int OWN_LINES_MAX = 150;
    private static final String PASSWORD = "correct horse battery staple";

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void theCodeOfTheDocumentBuildsPassesItsTestAndRuns() throws Exception {
        // Given
        var project = folder.resolve("bookings");
        assertThat(run(0, Path.of("."), NEW_FEATURE, "bookings", project.toString()))
                .startsWith("made ");
        assertThat(SHOWN.matcher(Files.readString(DOCUMENT)).results().toList())
                .hasSizeGreaterThan(6)
                .allSatisfy(file ->
                        assertThat(project.resolve(file.group(1))).content().isEqualTo(file.group(2)));
        assertThat(ownLines(project)).isLessThan(OWN_LINES_MAX);

        // When
        var built = run(0, project, "mvn", "-B", "-ntp", "verify", "-Dmaven.repo.local=" + repository());

        // Then
        assertThat(built).contains("Tests run: 1, Failures: 0, Errors: 0, Skipped: 0");
        worksWhileItsJarIsThere(project.resolve("target/bookings.jar"));
    }

    @Test
    void refusesNamesAndFoldersThatDoNotFit() throws Exception {
        var full = folder.toString();
        Files.writeString(folder.resolve("there"), "");

        assertThat(run(2, Path.of("."), NEW_FEATURE, "Big_Orders", full))
                .contains("NAME: Big_Orders (expected: a lower-case letter")
                .contains("FOLDER: " + full + " is there already (expected: a new or empty folder)");
        assertThat(run(2, Path.of("."), NEW_FEATURE, "accounts", folder + "/new"))
                .contains("NAME: accounts is a name of the program");
        assertThat(run(2, Path.of("."), NEW_FEATURE, "class", folder + "/new"))
                .contains("NAME: class is a word of Java");
        assertThat(folder.resolve("new")).doesNotExist();
    }

    private void worksWhileItsJarIsThere(Path jar) throws Exception {
        PreparedRun.fill(folder.resolve("skelly-data"));
        var there = Files.createDirectories(folder.resolve("features")).resolve("bookings.jar");
        Files.copy(jar, there);
        try (var skelly = SkellyProcess.start(folder, "with", List.of("--http.port=0"))) {
            var url = skelly.awaitReady();
            var token = register(url);
            assertThat(post(url, "/api/bookings", "{\"text\":\"\"}", token).statusCode())
                    .isEqualTo(422);
            assertThat(post(url, "/api/bookings", "{\"text\":\"two seats\"}", token)
                            .statusCode())
                    .isEqualTo(201);
            await().until(() -> get(url, "/api/bookings", token).body().contains("two seats"));
            assertThat(map(url)).contains("\"bookings.added\"", "\"keep-bookings\"", "/api/bookings");
        }
        Files.delete(there);
        try (var skelly = SkellyProcess.start(folder, "without", List.of("--http.port=0"))) {
            var url = skelly.awaitReady();
            assertThat(get(url, "/api/bookings", logIn(url)).statusCode()).isEqualTo(404);
            assertThat(map(url)).doesNotContain("bookings");
        }
        Files.copy(jar, there);
        try (var skelly = SkellyProcess.start(folder, "again", List.of("--http.port=0"))) {
            var url = skelly.awaitReady();
            assertThat(get(url, "/api/bookings", logIn(url)).body()).contains("two seats");
        }
    }

    /* The artefacts of this build beside the libraries that are on this machine: links, so that the user's repository stays as it is. */
    private String repository() throws IOException {
        var user = System.getProperty("maven.repo.local", System.getProperty("user.home") + "/.m2/repository");
        var repository = folder.resolve("repository");
        link(Path.of(user), repository, "dev");
        link(Path.of(user, "dev"), repository.resolve("dev"), "skelly");
        var pom = Files.readString(Path.of("pom.xml"));
        var version = pom.substring(pom.indexOf("<version>") + "<version>".length(), pom.indexOf("</version>"));
        var home =
                Files.createDirectories(repository.resolve("dev/skelly/skelly").resolve(version));
        Files.writeString(home.resolve("skelly-" + version + ".pom"), pom);
        for (var kind : List.of("", "-testkit")) {
            Files.copy(
                    Path.of("target", "thin", "skelly" + kind + ".jar"),
                    home.resolve("skelly-" + version + kind + ".jar"));
        }
        return repository.toString();
    }

    private static void link(Path from, Path to, String except) throws IOException {
        Files.createDirectories(to);
        if (Files.isDirectory(from)) {
            try (var all = Files.list(from)) {
                for (var one : (Iterable<Path>) all::iterator) {
                    if (!one.getFileName().toString().equals(except)) {
                        Files.createSymbolicLink(to.resolve(one.getFileName()), one);
                    }
                }
            }
        }
    }

    private static long ownLines(Path project) throws IOException {
        try (var files = Files.walk(project.resolve("src"))) {
            return files.filter(Files::isRegularFile)
                    .flatMap(AddAFeatureIT::lines)
                    .filter(line -> !line.isBlank() && !line.startsWith("import ") && !line.startsWith("package "))
                    .count();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String run(int code, Path where, String... command) throws Exception {
        var output = folder.resolve("output.log");
        var process = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(3 * Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        var said = Files.readString(output);
        assertThat(process.exitValue()).as(said).isEqualTo(code);
        return said;
    }

    private String register(URI url) throws Exception {
        var body = "{\"email\":\"ada@example.org\",\"password\":\"" + PASSWORD + "\",\"name\":\"Ada\"}";
        assertThat(post(url, "/api/auth/register", body, "").statusCode()).isEqualTo(201);
        return logIn(url);
    }

    private String logIn(URI url) throws Exception {
        var body = "{\"email\":\"ada@example.org\",\"password\":\"" + PASSWORD + "\"}";
        return read(post(url, "/api/auth/login", body, "")).path("accessToken").asText();
    }

    private String map(URI url) throws Exception {
        return get(url, "/feature-map.json", "").body();
    }

    private JsonNode read(HttpResponse<String> response) throws IOException {
        return json.readTree(response.body());
    }

    private HttpResponse<String> get(URI url, String path, String token) throws Exception {
        return send(HttpRequest.newBuilder(url.resolve(path)), token);
    }

    private HttpResponse<String> post(URI url, String path, String body, String token) throws Exception {
        return send(
                HttpRequest.newBuilder(url.resolve(path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)),
                token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String token) throws Exception {
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
