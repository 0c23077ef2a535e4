package dev.skelly.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.SkellyProcess;
import dev.skelly.testkit.TemporaryFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From an empty folder to two signed-in browsers that share a live list: with the jar alone, as a newcomer starts. It prints how long that took;
 * {@code scripts/stopwatch} runs it on its own.
 */
class SharedListIT {

    private static final Duration INIT_WITHIN = Duration.ofMinutes(1);
    private static final int LINES_MAX = 25;

    private static void until(Browser browser, String script) {
        await().until(() -> browser.is(script));
    }

    private static void register(Browser browser, URI node, String name) {
        browser.go(node + "/app/");
        until(browser, "!document.getElementById('sign-in').hidden");
        browser.type("[name=email]", name + "@example.org");
        browser.type("[name=password]", "a sentence that is long enough");
        browser.click("[name=new]");
        until(browser, "!document.getElementById('add').hidden");
    }

    private static long ownLines(Path page) throws IOException {
        return Files.readString(page)
                .replaceAll("(?s).*<script type=\"module\">|</script>.*", "")
                .lines()
                .filter(line -> !line.isBlank())
                .count();
    }

    @Test
    void twoBrowsersShareAListOfTheExample(@TempDir Path folder) throws IOException {
        var began = System.nanoTime();
        try (var init = SkellyProcess.start(folder, "init", List.of("init"))) {
            assertThat(init.exitCode(INIT_WITHIN)).as(init.output()).isZero();
        }
        var profile = TemporaryFolder.make("skelly-test-list");
        try (var process = SkellyProcess.start(folder, "node", List.of("--http.port=0"));
                var ada = Browser.open()) {
            var node = process.awaitReady();
            var grace = Browser.another(profile);
            try {
                register(ada, node, "ada");
                register(grace, node, "grace");
                ada.type("#add [name=text]", "Milk");
                ada.click("#add button");
                until(grace, "document.querySelector('#items li')?.textContent === 'Milk'");
                var seconds = (System.nanoTime() - began) / 1e9;
                var lines = ownLines(folder.resolve("web/index.html"));
                System.out.printf("stopwatch: %.1f s from an empty folder, %d lines of own code%n", seconds, lines);

                grace.click("#items li");
                until(ada, "document.querySelector('#items li').className.startsWith('done')");
                until(ada, "document.getElementById('here').textContent === '2 here'");
                assertThat(lines).isLessThanOrEqualTo(LINES_MAX);
            } finally {
                grace.end();
                TemporaryFolder.delete(profile);
            }
        }
    }
}
