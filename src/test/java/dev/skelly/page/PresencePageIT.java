package dev.skelly.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testkit.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who is on the page and who types there, in two Chromium browsers of two people, with the topic that the program ships. */
class PresencePageIT extends InBrowser {

    private static final String PEOPLE =
            "[...document.querySelectorAll('#people-list .name')].map(name => name.textContent).sort().join()";
    private static final String TYPING = "document.getElementById('typing').textContent";

    @Override
    Map<String, String> settings() {
        return Map.of("presence.grace", "1s", "presence.period", "100ms");
    }

    private static void until(Browser browser, String script) {
        await().until(() -> browser.is(script));
    }

    private void register(Browser browser, String name) {
        browser.go(node.url());
        until(browser, "!document.getElementById('welcome').hidden");
        browser.click("#tab-register");
        browser.type("#register-name", name);
        browser.type("#register-email", name.replace(' ', '.') + "@example.org");
        browser.type("#register-password", PASSWORD);
        browser.click("#panel-register button[type=submit]");
        until(browser, "document.getElementById('people').dataset.state === 'live'");
        browser.act("window.loadedOnce = true");
    }

    private static void shoot(Browser browser, String file) throws IOException {
        browser.act("document.getElementById('people').scrollIntoView({block: 'center'})");
        browser.picture(Files.createDirectories(Path.of("target", "shots")).resolve(file));
    }

    @Test
    void twoPeopleSeeEachOtherComeTypeAndLeaveWithoutAReload() throws IOException {
        var profile = TemporaryFolder.make("skelly-test-second-browser");
        var other = Browser.another(profile);
        try {
            register(browser, "Ada Lovelace");
            until(PEOPLE + " === 'Ada Lovelace (you)'");

            register(other, "Grace Hopper");
            until(PEOPLE + " === 'Ada Lovelace (you),Grace Hopper'");
            until(other, PEOPLE + " === 'Ada Lovelace,Grace Hopper (you)'");
            until("document.getElementById('people-count').textContent === '2 here now'");
            shoot(browser, "presence.png");

            other.type("#feedback-words", "Very clear");
            until(TYPING + " === 'Grace Hopper is typing…'");
            assertThat(other.ask(TYPING).textValue()).isEmpty();
            browser.phone(375);
            shoot(browser, "typing.png");
            assertThat(browser.is("innerWidth === 375 && document.documentElement.scrollWidth <= 375"))
                    .isTrue();

            other.click(".people .choices label:last-child");
            other.click("#feedback button");
            until(TYPING + " === ''");
            until(
                    other,
                    "[...document.querySelectorAll('.event code')].some(code => code.textContent === 'feedback.given')");
            other.go("about:blank"); // A page says that it leaves; a browser that is ended is missed after 30 s.
        } finally {
            other.end();
            TemporaryFolder.delete(profile);
        }
        until(PEOPLE + " === 'Ada Lovelace (you)'");
        assertThat(browser.is("window.loadedOnce")).isTrue();
    }

    @Test
    void leavesAtOnceWhenSignedOut() {
        var profile = TemporaryFolder.make("skelly-test-second-browser");
        var other = Browser.another(profile);
        try {
            register(browser, "Ada Lovelace");
            register(other, "Grace Hopper");
            until(PEOPLE + " === 'Ada Lovelace (you),Grace Hopper'");

            other.click("#sign-out");

            until(PEOPLE + " === 'Ada Lovelace (you)'");
            assertThat(other.is("document.getElementById('people').hidden")).isTrue();
        } finally {
            other.end();
            TemporaryFolder.delete(profile);
        }
    }
}
