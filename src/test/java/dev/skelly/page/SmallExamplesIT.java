package dev.skelly.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.SkellyProcess;
import dev.skelly.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The examples without a build: a page and a service. */
@EnabledIfSystemProperty(
        named = "skelly.torture",
        matches = "true") // scripts/torture examples: it installs and builds for a minute.
class SmallExamplesIT {

    private static final Path PAGE = Path.of("src/web/examples/plain.html");
    private static final String EMAIL = "service@example.org";
    private static final String LIST = "errands";
    private static final Pattern LIVE = Pattern.compile("consumer: reads " + LIST);
    private static final int WRONG_SETTINGS = 2;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static ExampleNode node;

    private static String token = "";

    @BeforeAll
    static void start() {
        node = ExampleNode.start(folder);
        token = node.register(EMAIL);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static SkellyProcess consumer(ExampleProject project, String run, Map<String, String> environment) {
        return project.start(folder.resolve(run).toString(), environment, List.of("node", "consumer.mjs"));
    }

    private static List<String> items(SkellyProcess consumer) {
        return consumer.output()
                .lines()
                .filter(line -> !line.startsWith("consumer:"))
                .map(line -> line.replaceFirst("^\\S+ ", ""))
                .toList();
    }

    /** Waits until it has printed these, in this order and each once, and ends it. */
    private static void endsAfter(SkellyProcess consumer, String... items) {
        await().until(() -> items(consumer).size() >= items.length);
        consumer.terminate();
        assertThat(consumer.exitCode(Waiting.LIMIT)).as(consumer.output()).isZero();
        assertThat(items(consumer)).containsExactly(items);
    }

    @Test
    void thePageShowsWhatWasAndWhatIsAdded() throws IOException {
        assertThat(Files.readString(Path.of("src/docs/frontend.md"))).contains(Files.readString(PAGE));
        Files.copy(PAGE, folder.resolve("web/plain.html"));
        node.add(token, "groceries", "Milk");
        try (var browser = Browser.open()) {
            var shown = "[...document.querySelectorAll('#list li')].map(one => one.textContent).join()";
            browser.go(node.url() + "/app/");
            await().until(() -> browser.is("window.__skelly"));
            browser.act("__skelly.client.login({email: '%s', password: '%s'}).then(() => window.entered = true)"
                    .formatted(EMAIL, ExampleNode.PASSWORD));
            await().until(() -> browser.is("window.entered"));
            browser.go(node.url() + "/app/plain.html");
            await().until(() -> browser.is(shown + " === 'Milk'"));
            node.add(token, "groceries", "Bread");
            await().until(() -> browser.is(shown + " === 'Milk,Bread'"));
        }
    }

    @Test
    void theServiceGoesOnWhereItStopped() throws IOException {
        var project = ExampleProject.install("node", node.url(), "events.ts");
        var environment =
                new HashMap<>(Map.of("SKELLY_EMAIL", EMAIL, "SKELLY_PASSWORD", ExampleNode.PASSWORD, "LIST", LIST));
        environment.put("CURSOR_FILE", folder.resolve("cursor").toString());
        node.add(token, LIST, "one");
        try (var first = consumer(project, "first", environment)) {
            first.awaitLine(LIVE);
            node.add(token, LIST, "two");
            endsAfter(first, "one", "two");
        }
        node.add(token, LIST, "three");
        try (var second = consumer(project, "second", environment)) {
            second.awaitLine(LIVE);
            node.add(token, LIST, "four");
            endsAfter(second, "three", "four");
        }
        Files.delete(folder.resolve("cursor"));
        try (var again = consumer(project, "again", environment)) {
            endsAfter(again, "one", "two", "three", "four");
        }
        environment.remove("SKELLY_PASSWORD");
        try (var without = consumer(project, "without", environment)) {
            assertThat(without.exitCode(Waiting.LIMIT)).isEqualTo(WRONG_SETTINGS);
            assertThat(without.output()).startsWith("consumer: SKELLY_EMAIL and SKELLY_PASSWORD are not set");
        }
    }
}
