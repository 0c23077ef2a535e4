package dev.skelly.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skelly.testing.SkellyProcess;
import dev.skelly.testkit.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar over what the release before declared names left: {@code former/release-0.1.tar.gz} holds that jar's database as SQL, its broker
 * journal after a kill with unprocessed events of {@code hopper@example.org}, and its keys.
 */
class UpgradeIT {

    private static final String GRACE = "01a22497-af02-7cf2-bb22-40a1b1472e69";
    private static final String HOPPER = "01a22497-d892-7727-9b92-ad93d874be00";

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private TestDatabase database;
    private Path data;
    private SkellyProcess skelly;
    private URI url;

    @BeforeEach
    void startOverFormerData(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        unpack(folder);
        data = folder.resolve("data");
        database = TestDatabase.fresh();
        database.execute("drop schema public cascade; create schema public");
        database.execute(Files.readString(folder.resolve("former.sql")));
        database.execute(
                "update idempotency_key set expires = now() + interval '1 hour'"); // As on the day they were stored.
        var at = database.address();
        skelly = SkellyProcess.start(
                folder,
                "upgraded",
                List.of(
                        "--http.port=0",
                        "--data.dir=" + data,
                        "--db.url=postgresql://" + at.host() + ":" + at.port() + "/" + at.database(),
                        "--db.user=" + at.user(),
                        "--db.password=" + at.password(),
                        "--security.master-key="
                                + Files.readString(data.resolve("master-key")).strip()));
        url = skelly.awaitReady();
    }

    @AfterEach
    void stop() {
        skelly.close();
        database.close();
    }

    @Test
    void worksOverTheDatabaseJournalAndKeysOfTheReleaseBefore() throws Exception {
        var token = logIn("ada@example.org", "correct horse battery staple");

        // The events that lay in the journal or waited for the relay reach their workers.
        await().until(() -> mailsTo("hopper@example.org") > 0);
        assertThat(get("/api/users/" + GRACE, token).path("email").asText()).isEqualTo("grace@example.org");
        assertThat(events(token)).anySatisfy(event -> {
            assertThat(event.path("type").asText()).isEqualTo("user.registered");
            assertThat(event.path("subject").asText()).isEqualTo("user:" + HOPPER);
        });
        assertThat(logIn("hopper@example.org", "a bug in the relay once")).isNotEmpty();
    }

    @Test
    void repeatsARequestWhoseEffectIsStoredUnderAClassName() throws Exception {
        var repeated = register("former-register-1", "grace@example.org", "a compiler in one night", "Grace");
        var kept = register("former-register-2", "hopper@example.org", "a bug in the relay once", "Hopper");

        assertThat(repeated.path("id").asText()).as(repeated.toString()).isEqualTo(GRACE);
        assertThat(kept.path("id").asText()).as(kept.toString()).isEqualTo(HOPPER);
    }

    private static void unpack(Path folder) throws IOException, InterruptedException {
        try (var packed = Objects.requireNonNull(UpgradeIT.class.getResourceAsStream("/former/release-0.1.tar.gz"))) {
            Files.copy(packed, folder.resolve("former.tar.gz"));
        }
        var tar = new ProcessBuilder("tar", "xzf", "former.tar.gz")
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).isZero();
    }

    private long mailsTo(String address) throws IOException {
        var outbox = data.resolve("outbox");
        if (!Files.isDirectory(outbox)) {
            return 0;
        }
        try (var files = Files.list(outbox)) {
            return files.filter(file -> file.toString().endsWith(".eml"))
                    .filter(file -> contains(file, address))
                    .count();
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file).contains(text);
        } catch (IOException e) {
            return false;
        }
    }

    private Iterable<JsonNode> events(String token) throws Exception {
        return get("/api/events?limit=100", token).path("items");
    }

    private String logIn(String email, String password) throws Exception {
        var answer = send(request("/api/auth/login")
                .POST(body("{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password))));
        assertThat(answer.has("accessToken")).as(answer.toString()).isTrue();
        return answer.path("accessToken").asText();
    }

    private JsonNode register(String key, String email, String password, String name) throws Exception {
        return send(request("/api/auth/register")
                .header("Idempotency-Key", key)
                .POST(body("{\"email\":\"%s\",\"password\":\"%s\",\"name\":\"%s\"}".formatted(email, password, name))));
    }

    private JsonNode get(String path, String token) throws Exception {
        return send(request(path).header("Authorization", "Bearer " + token).GET());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url.resolve(path)).header("Content-Type", "application/json");
    }

    private static HttpRequest.BodyPublisher body(String text) { // Its bytes count: a repeated request is the same.
        return HttpRequest.BodyPublishers.ofString(text);
    }

    private JsonNode send(HttpRequest.Builder request) throws Exception {
        return json.readTree(
                http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body());
    }
}
