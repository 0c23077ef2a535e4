package dev.skelly.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Text that means something to a database, in every parameter of the query and the path, in every header that a route reads, and in
 * every text of its body (security test E-22): never a bug, never more rows than without, never run.
 */
class InjectionIT extends OnScene {

    private static final int REFUSED = 400;
    private static final int BUG = 500;
    private static final String INJECTED = "select injected()";
    private static final String RAN = "select is_called from injections";

    private static final List<String> TEXTS = List.of(
            "'",
            "\"",
            "\\",
            "' or '1'='1",
            "' or 1=1 --",
            "1) or (1=1",
            "'; drop table account; --",
            "'; " + INJECTED + "; --",
            "\\'; " + INJECTED + "; --",
            "' union select password_hash from account --",
            "'||(" + INJECTED + ")||'",
            "$1",
            "$$; " + INJECTED + "; $$",
            "%",
            "_",
            "*",
            "{a,b}",
            "null",
            "true",
            "-1",
            "1e9",
            "user.registered') or ('1'='1",
            "public,' or '1'='1",
            "\u2019 or \u02BC1\u02BC=\u02BC1");

    /* A sequence moves on for good, whatever becomes of the transaction that asked it. */
    @BeforeAll
    static void countInjections() {
        var database = scene.node().database();
        database.execute("create sequence injections");
        database.execute(
                "create function injected() returns text language sql as 'select nextval(''injections'')::text'");
        database.execute(INJECTED);
        assertThat(scene.text(RAN)).as("what is run is seen").isEqualTo("true");
        database.execute("alter sequence injections restart");
    }

    @AfterEach
    void nothingWasRun() {
        assertThat(scene.text(RAN)).isEqualTo("false");
    }

    static Stream<DescribedRoute> routes() {
        return DescribedRoute.of(scene.node()).stream();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void takesTextForText(DescribedRoute route) {
        // Given
        var faults = new ArrayList<String>();
        var example = Example.of(scene, route);
        var before = scene.text("select count(*) from account");
        var rows = route.writing() ? 0 : rows(example.send());

        // When
        for (var text : TEXTS) {
            for (var name : route.parameters("query")) {
                var asked = example.path() + "?" + name + "=" + encoded(text);
                hold(asked, rows, faults, () -> example.send(asked, example.body(), Map.of()));
            }
            for (var name : route.parameters("header")) {
                hold(
                        name + ": " + text,
                        rows,
                        faults,
                        () -> example.send(example.path(), example.body(), Map.of(name, ascii(text))));
            }
            if (route.path().contains("{")) {
                var asked =
                        route.path().replaceAll("\\{[A-Za-z]+}", encoded(text).replace("$", "\\$"));
                hold(asked, 0, faults, () -> example.send(asked, example.body(), Map.of()));
            }
        }

        // Then
        assertThat(faults).isEmpty();
        assertThat(Long.parseLong(scene.text("select count(*) from account")))
                .isGreaterThanOrEqualTo(Long.parseLong(before) - 1); // A route may erase one, by its own right.
    }

    static Stream<DescribedRoute> bodies() {
        return routes().filter(route -> !route.body().isMissingNode());
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void takesTextForTextInBodies(DescribedRoute route) {
        var faults = new ArrayList<String>();
        var example = Example.of(scene, route);
        var found = route.method().equals("PUT") ? Integer.MAX_VALUE : 0; // Answers with what is there.
        for (var text : TEXTS) {
            var changed = false;
            for (var body : example.body().isEmpty()
                    ? List.<String>of()
                    : with(scene.node().read(example.body()), text)) {
                changed |= hold(body, found, faults, sender(example, body)) < REFUSED;
            }
            example = changed ? Example.of(scene, route) : example; // A changed password ends every sign-in.
        }
        assertThat(faults).isEmpty();
    }

    private static Question sender(Example example, String body) {
        return () -> example.send(body);
    }

    private interface Question {
        Scene.Answer ask();
    }

    @CanIgnoreReturnValue // the status
    private static int hold(String asked, int rowsMax, List<String> faults, Question question) {
        var answer = question.ask();
        if (answer.status() >= BUG) {
            faults.add(answer.status() + " for " + asked);
        }
        if (answer.status() < 300 && rows(answer) > rowsMax) {
            faults.add(rows(answer) + " rows instead of " + rowsMax + " for " + asked);
        }
        if (answer.body().contains("$argon2")
                || answer.body().contains("SQLSTATE")
                || answer.body().contains("PgException")) {
            faults.add("tells what it is made of: " + answer.body());
        }
        return answer.status();
    }

    private static int rows(Scene.Answer answer) {
        return answer.header("content-type").startsWith("application/json")
                ? scene.node().read(answer.body()).path("items").size()
                : 0;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String ascii(String text) {
        return text.replaceAll("[^\\x20-\\x7e]", "'");
    }

    /* The same document once for each text in it, with that one replaced. */
    private static List<String> with(JsonNode document, String text) {
        var all = new ArrayList<String>();
        document.fieldNames().forEachRemaining(name -> {
            if (document.path(name).isTextual()) {
                ObjectNode other = document.deepCopy();
                all.add(other.put(name, text).toString());
            }
            if (document.path(name).isObject()) {
                for (var inner : with(document.path(name), text)) {
                    ObjectNode other = document.deepCopy();
                    all.add(other.set(name, scene.node().read(inner)).toString());
                }
            }
        });
        all.add("{\"" + UUID.randomUUID() + "\":1}");
        return all;
    }
}
