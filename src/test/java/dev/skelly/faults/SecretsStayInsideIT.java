package dev.skelly.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.PreparedRun;
import dev.skelly.testing.SkellyProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * E-14: a process that tells everything it can in its log, and what people sent it: no password, token or ticket is in the log, in metrics, in
 * an answer to somebody else, in a URL, or on the disk.
 */
class SecretsStayInsideIT {

    private static final Pattern MAILED = Pattern.compile("(http://[^\\s\"<#]*)#([a-z-]+)=([A-Za-z0-9_-]{43})");
    private static final Pattern URL = Pattern.compile("https?://[^\\s\"<>]+|(?<=Location: )\\S+|(?<=Link: )\\S+");
    private static final String ADA = "ada@example.org";
    private static final String ADMINS = "operators-own-sentence";

    @SuppressWarnings("NullAway.Init")
    private static Confidences talk;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static SkellyProcess skelly;

    @SuppressWarnings("NullAway.Init")
    private static URI url;

    @BeforeAll
    static void everythingThatCarriesASecret() throws IOException {
        PreparedRun.fill(folder.resolve("skelly-data"));
        skelly = SkellyProcess.start(
                SkellyProcess.java(),
                folder,
                "skelly",
                List.of(
                        "--http.port=0",
                        "--log.level=trace",
                        "--ratelimit.enabled=false",
                        "--admin.email=root@example.org"),
                Map.of("SKELLY_ADMIN_PASSWORD", ADMINS));
        url = skelly.awaitReady();
        talk = new Confidences(url);
        talk.secret("the administrator's password", ADMINS);
        register();
        signInAndStream();
        mailedTokens();
        whatGoesWrong();
        secretsOfTheFolder();
        talk.get("/metrics");
        talk.get("/health/ready");
        skelly.terminate();
        assertThat(skelly.exitCode(Duration.ofSeconds(40))).isZero();
    }

    @AfterAll
    static void stop() {
        skelly.close();
    }

    private static void register() {
        talk.secret("the first password", "first-sentence-of-ada");
        talk.post("/api/auth/register", "{\"email\":\"" + ADA + "\",\"password\":\"first-sentence-of-ada\"}");
        talk.secret("a wrong password", "wrong-sentence-of-ada");
        talk.post("/api/auth/login", "{\"email\":\"" + ADA + "\",\"password\":\"wrong-sentence-of-ada\"}");
    }

    private static void signInAndStream() throws IOException {
        var in = talk.post("/api/auth/login", "{\"email\":\"" + ADA + "\",\"password\":\"first-sentence-of-ada\"}");
        var token = Confidences.field(in, "accessToken");
        talk.secret("an access token", token);
        talk.secret("the session cookie", Confidences.cookie(in, "session"));
        talk.secret("a refresh token", Confidences.cookie(in, "refresh"));
        talk.secret("the device cookie", Confidences.cookie(in, "device"));
        var next = talk.send("POST", "/api/auth/refresh", "", "Cookie", "refresh=" + Confidences.cookie(in, "refresh"));
        talk.secret("the next refresh token", Confidences.cookie(next, "refresh"));
        talk.secret("the next access token", Confidences.field(next, "accessToken"));
        var ticket =
                Confidences.field(talk.post("/api/stream/tickets", "{}", "Authorization", "Bearer " + token), "ticket");
        talk.secret("a ticket", ticket);
        stream("?ticket=" + ticket);
        stream("", "Authorization", "Bearer " + token);
        stream("", "Cookie", "session=" + Confidences.cookie(in, "session"), "Sec-Fetch-Site", "same-origin");
        talk.send("GET", "/api/stream?ticket=" + ticket, ""); // Used already.
        talk.send("GET", "/api/me?access_token=" + token, "");
        talk.send("GET", "/api/nothing/" + token + "?token=" + token, "");
        talk.send("GET", "/api/me", "", "Authorization", "Bearer " + token);
        talk.secret("an idempotency key", "key-that-only-ada-knows");
        talk.post(
                "/api/events",
                "{\"type\":\"ui.clicked\",\"data\":{\"element\":\"x\"}}",
                "Authorization",
                "Bearer " + token,
                "Idempotency-Key",
                "key-that-only-ada-knows",
                "traceparent",
                "00-" + "a".repeat(32) + "-" + "b".repeat(16) + "-01");
        talk.secret("another password", "second-sentence-of-ada");
        talk.send(
                "PUT",
                "/api/me/password",
                "{\"oldPassword\":\"first-sentence-of-ada\",\"password\":\"second-sentence-of-ada\"}",
                "Authorization",
                "Bearer " + token,
                "Content-Type",
                "application/json");
    }

    private static void stream(String query, String... headers) throws IOException {
        var request = HttpRequest.newBuilder(url.resolve("/api/stream" + query));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var answer = talk.client().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (var body = answer.body()) {
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(new String(body.readNBytes(40), StandardCharsets.UTF_8))
                        .startsWith("retry: ");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static void mailedTokens() {
        talk.post("/api/auth/password/forgot", "{\"email\":\"" + ADA + "\"}");
        var links = new LinkedHashMap<String, String>();
        await().pollInterval(100, TimeUnit.MILLISECONDS).until(() -> {
            letters()
                    .forEach(letter ->
                            MAILED.matcher(letter).results().forEach(link -> links.put(link.group(2), link.group(3))));
            return links.size() >= 2;
        });
        links.forEach((purpose, token) -> talk.secret("the mailed token for " + purpose, token));
        links.forEach((purpose, token) -> {
            talk.secret("a password set by " + purpose, "sentence-set-by-" + purpose);
            talk.post("/api/auth/verify-email", "{\"token\":\"" + token + "\"}");
            talk.post(
                    "/api/auth/password/reset",
                    "{\"token\":\"" + token + "\",\"password\":\"sentence-set-by-" + purpose + "\"}");
        });
    }

    private static Stream<String> letters() {
        try (var files = Files.list(folder.resolve("skelly-data/outbox"))) {
            return files
                    .filter(file -> !file.toString().endsWith(".partial")) // It is renamed while it is read.
                    .map(SecretsStayInsideIT::text)
                    .toList()
                    .stream();
        } catch (IOException e) {
            return Stream.empty(); // None was sent yet.
        }
    }

    private static void whatGoesWrong() {
        talk.secret("a password in what is no JSON", "password-in-no-json");
        talk.post("/api/auth/login", "{\"email\":\"" + ADA + "\",\"password\":\"password-in-no-json\"");
        talk.secret("a password in a wrong field", "password-in-a-wrong-field");
        talk.post("/api/auth/login", "{\"email\":\"" + ADA + "\",\"pasword\":\"password-in-a-wrong-field\"}");
        talk.secret("a password as an address", "password-as-an-address");
        talk.post("/api/auth/login", "{\"email\":\"password-as-an-address\",\"password\":7}");
        talk.secret("a password in a form", "password-in-a-form");
        talk.send(
                "POST",
                "/api/auth/login",
                "password=password-in-a-form",
                "Content-Type",
                "application/x-www-form-urlencoded");
        talk.secret("a token that is none", "token-that-is-none");
        talk.send("GET", "/api/me", "", "Authorization", "Bearer token-that-is-none");
        talk.send("GET", "/api/me", "", "Authorization", "Basic token-that-is-none");
        talk.send(
                "POST",
                "/api/auth/refresh",
                "{\"refreshToken\":\"token-that-is-none\"}",
                "Content-Type",
                "application/json");
        talk.send("GET", "/api/stream?ticket=token-that-is-none", "");
    }

    /* What the node made for itself: passwords of database and broker, the master key. */
    private static void secretsOfTheFolder() throws IOException {
        for (var line : Files.readAllLines(folder.resolve("skelly-data/secrets"))) {
            var at = line.indexOf('=');
            if (at > 0 && line.length() - at > 11) {
                talk.secret("its own " + line.substring(0, at), line.substring(at + 1));
            }
        }
        talk.secret(
                "the master key",
                Files.readString(folder.resolve("skelly-data/master-key")).strip());
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void noneIsInTheLog() {
        var log = skelly.output();

        assertThat(log).contains("request answered", "/api/auth/login", "TRACE").hasSizeGreaterThan(20_000);
        assertThat(talk.foundIn(log)).isEmpty();
        System.out.println("{\"test\":\"E-14\",\"secrets\":" + talk.secrets() + ",\"logCharacters\":" + log.length()
                + ",\"answerCharacters\":" + talk.answers().length() + "}");
    }

    @Test
    void noneIsInMetricsOrInAnAnswerThatDoesNotHandItOut() {
        assertThat(talk.answers()).contains("skelly_http_requests", "application/problem+json");
        assertThat(talk.foundIn(talk.answers())).isEmpty();
    }

    @Test
    void noneIsInAUrlThatABrowserSendsOnwards() {
        var urls = URL.matcher(talk.answers())
                .results()
                .map(match -> match.group())
                .toList();
        var mailed =
                letters().flatMap(letter -> MAILED.matcher(letter).results()).toList();

        assertThat(talk.foundIn(String.join("\n", urls))).isEmpty();
        assertThat(mailed).hasSizeGreaterThanOrEqualTo(2); // Behind the #, which no browser sends to any server.
        assertThat(mailed)
                .allSatisfy(link -> assertThat(talk.foundIn(link.group(1))).isEmpty());
        assertThat(talk.answers()
                        .lines()
                        .filter(line -> line.startsWith("referrer-policy: "))
                        .distinct())
                .containsOnly("referrer-policy: no-referrer");
    }

    @Test
    void noneIsOnTheDisk() throws IOException {
        try (var files = Files.walk(folder.resolve("skelly-data"))) {
            var found = files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("outbox") && !file.endsWith("secrets"))
                    .filter(file -> !file.endsWith("master-key"))
                    .flatMap(file -> talk.foundIn(text(file)).stream().map(secret -> secret + " in " + file))
                    .toList();

            assertThat(found).isEmpty();
        }
    }
}
