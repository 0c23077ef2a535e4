package dev.skelly.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What somebody says to a node and hears from it, and which of it is secret. */
final class Confidences {

    private static final Duration ANSWER_MAX = Waiting.LIMIT;

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI url;
    private final Map<String, String> secrets = new LinkedHashMap<>();
    private final StringBuilder answers = new StringBuilder();

    Confidences(URI url) {
        this.url = url;
    }

    HttpClient client() {
        return client;
    }

    /** How many there are. */
    int secrets() {
        return secrets.size();
    }

    /** The heads of all answers without their cookies, and the bodies of those that hand out no secret. */
    String answers() {
        return answers.toString();
    }

    /** Nobody may find this anywhere. */
    void secret(String what, String value) {
        assertThat(value).as(what).hasSizeGreaterThan(10);
        secrets.put(what, value);
    }

    @CanIgnoreReturnValue // many requests are sent for what they leave behind
    HttpResponse<String> get(String path) {
        return send("GET", path, "");
    }

    @CanIgnoreReturnValue
    HttpResponse<String> post(String path, String body, String... headers) {
        var all = new ArrayList<>(List.of("Content-Type", "application/json"));
        all.addAll(Arrays.asList(headers));
        return send("POST", path, body, all.toArray(String[]::new));
    }

    @CanIgnoreReturnValue
    HttpResponse<String> send(String method, String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(url.resolve(path)).timeout(ANSWER_MAX);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var answer = client.send(
                    request.method(method, BodyPublishers.ofString(body)).build(),
                    HttpResponse.BodyHandlers.ofString());
            note(answer);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void note(HttpResponse<String> answer) {
        answer.headers().map().forEach((name, values) -> {
            if (!name.equalsIgnoreCase("Set-Cookie")) {
                values.forEach(
                        value -> answers.append(name).append(": ").append(value).append('\n'));
            }
        });
        if (!answer.body().contains("accessToken") && !answer.body().contains("\"ticket\"")) {
            var path = answer.request().uri().getPath(); // A problem names it to who asked for it, and nobody else.
            answers.append(answer.body().replace(path, "/…")).append('\n');
        }
    }

    static String field(HttpResponse<String> answer, String name) {
        var found = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(answer.body());
        assertThat(found.find()).as(answer.body()).isTrue();
        return found.group(1);
    }

    static String cookie(HttpResponse<String> answer, String name) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .map(cookie -> cookie.substring(name.length() + 1, cookie.indexOf(';')))
                .findFirst()
                .orElseThrow();
    }

    /** Which secrets a text holds. Of a token its signature is the secret: the parts before it could be made by anybody. */
    List<String> foundIn(String text) {
        return secrets.entrySet().stream()
                .filter(secret -> text.contains(
                        secret.getValue().substring(secret.getValue().lastIndexOf('.') + 1)))
                .map(Map.Entry::getKey)
                .toList();
    }
}
