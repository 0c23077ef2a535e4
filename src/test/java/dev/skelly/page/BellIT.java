package dev.skelly.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The bell of the page in real Chromium, with the declarations that the program ships. */
class BellIT extends InBrowser {

    private static final String NUMBER = "document.getElementById('bell-number')";

    /* The first administrator's roles change, of which the person is notified. */
    private void register(String link) {
        browser.go(link);
        until("!document.getElementById('panel-first').hidden && !document.getElementById('welcome').hidden");
        browser.type("#first-email", MAIL);
        browser.type("#first-password", PASSWORD);
        browser.click("#panel-first button[type=submit]");
        until("!document.getElementById('home').hidden");
    }

    @Test
    void theNumberMovesInEveryTabWithoutAReload() throws IOException {
        // Given
        register(node.greeting().get(1));
        var first = browser.tab();
        until("!" + NUMBER + ".hidden && " + NUMBER + ".textContent === '1'");
        var second = browser.newTab();
        browser.go(node.url());
        until("!" + NUMBER + ".hidden && " + NUMBER + ".textContent === '1'");

        // When
        browser.phone(375);
        browser.click("#bell");
        until("document.querySelectorAll('#notices-list .unread').length === 1");
        assertThat(browser.ask("document.querySelector('#notices-list .title').textContent")
                        .textValue())
                .isEqualTo("Your roles have changed");
        assertThat(browser.is("innerWidth === 375 && document.documentElement.scrollWidth <= 375"))
                .isTrue();
        browser.picture(Files.createDirectories(Path.of("target", "shots")).resolve("bell.png"));
        browser.click("#notices-list button");

        // Then
        until(NUMBER + ".hidden && document.querySelectorAll('#notices-list .unread').length === 0");
        assertThat(second).isNotEqualTo(first);
        browser.front(first);
        until(NUMBER + ".hidden");
    }
}
