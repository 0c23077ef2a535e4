package dev.skelly.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.TestCertificate;
import dev.skelly.testing.Waiting;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A native {@code EventSource} lives as long as its login: a real browser, over HTTP/2, without any code of ours. */
class EventSourceIT extends InBrowser {

    private static final int SOURCES = 50;

    private static final String SIGN_IN = """
            (async () => {
              const post = (path, body) => fetch(path, {
                method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body)
              });
              const person = {email: '%s', password: '%s'};
              await post('/api/auth/register', person);
              window.signedIn = (await post('/api/auth/login', person)).status;
              window.emit = async element => {
                window.emitted = (await post('/api/events', {type: 'ui.clicked', data: {element}})).status;
              };
            })()
            """.formatted(MAIL, PASSWORD);

    private static final String OPEN = """
            window.seen = [];
            window.sources = Array.from({length: %d}, (none, n) => {
              const source = new EventSource('/api/stream?types=ui.clicked');
              window.seen[n] = [];
              source.addEventListener('ui.clicked', event => window.seen[n].push(JSON.parse(event.data).data.element));
              source.addEventListener('skelly.ready', () => source.readies = (source.readies ?? 0) + 1);
              source.addEventListener('skelly.gap', event => window.seen[n].push(event.data));
              return source;
            })
            """.formatted(SOURCES);

    @Override
    Map<String, String> settings() {
        try {
            var file = folder.resolve("localhost.p12");
            if (!file.toFile().exists()) {
                var unused = TestCertificate.make(folder, "localhost");
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        return Map.of(
                "http.host",
                "localhost",
                "http.tls-certificate",
                folder.resolve("localhost.pem").toString(),
                "http.tls-key",
                folder.resolve("localhost.key.pem").toString(),
                "security.token-life",
                "2s");
    }

    @Test
    void livesOverRestartsAndTheEndOfATokenAndMissesNothing() throws IOException {
        // Given
        browser.go(node.url());
        browser.act(SIGN_IN);
        until("window.signedIn === 200");
        browser.act(OPEN);
        until("sources.every(source => source.readies === 1)");
        emit("before");

        // When
        restart();
        emit("after the first restart"); // The token has ended by now, and the sources are not back yet.
        until("seen.every(events => events.length >= 2)");
        restart();
        emit("after the second restart");
        until("seen.every(events => events.length >= 3)");
        until("sources.every(source => source.readyState === 1 && source.readies >= 3)");
        emit("at the end");
        until("seen.every(events => events.length >= 4)");

        // Then
        assertThat(browser.ask("performance.getEntriesByType('navigation')[0].nextHopProtocol")
                        .textValue())
                .isEqualTo("h2");
        assertThat(browser.ask("[...new Set(seen.map(events => events.join('; ')))]"))
                .hasSize(1)
                .allSatisfy(events -> assertThat(events.textValue())
                        .isEqualTo("before; after the first restart; after the second restart; at the end"));
        assertThat(browser.ask("sources.filter(source => source.readyState === 1).length")
                        .intValue())
                .isEqualTo(SOURCES);
    }

    private void restart() throws IOException {
        Waiting.on(node.stop());
        startNode();
    }

    private void emit(String element) {
        await().until(() -> {
            browser.act("window.emitted = undefined; emit('" + element + "')");
            await().until(() -> browser.is("window.emitted !== undefined"));
            return browser.ask("emitted").intValue() == 202;
        });
    }
}
