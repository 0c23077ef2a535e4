package dev.skelly.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.WholeNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page of all descriptions, in a real browser, under the policy with which it is served. */
class DocsPageIT {

    private static final String DRAWN = "document.documentElement.dataset.drawn === 'true'";
    private static final String ENTRIES =
            "[...document.querySelectorAll('#list li')].filter(entry => entry.checkVisibility()).map(entry => entry.innerText.replace(/\\s+/g, ' '))";
    private static final String SIDEWAYS =
            "document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth";

    @SuppressWarnings("NullAway.Init")
    private static WholeNode node;

    @BeforeAll
    static void start() {
        node = WholeNode.start(Map.of());
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static void open(Browser browser) {
        browser.go(node.url() + "/docs");
        await().until(() -> browser.is(DRAWN));
    }

    private static List<String> entries(Browser browser) {
        var entries = new ArrayList<String>();
        browser.ask(ENTRIES).forEach(entry -> entries.add(entry.asText()));
        return entries;
    }

    @Test
    void pageShowsEveryRouteAndFindsEvents() {
        try (var browser = Browser.open()) {
            open(browser);
            assertThat(browser.ask("document.querySelectorAll('details.item').length")
                            .intValue())
                    .isGreaterThan(30);
            browser.type("#find", "user.registered");
            assertThat(browser.is("!document.getElementById('event-user.registered').hidden"))
                    .isTrue();
            assertThat(browser.is("document.getElementById('getMe').hidden")).isTrue();
            browser.click("[id='event-user.registered'] summary");
            await().until(() -> browser.is("document.querySelector('[id=\"event-user.registered\"] td code')"));
        }
    }

    @Test
    void listOfRoutesShowsTheirMethods() {
        try (var browser = Browser.open()) {
            open(browser);
            assertThat(entries(browser))
                    .contains("GET /api/me", "PATCH /api/me", "DELETE /api/me", "user.registered")
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void searchFiltersTheListOfRoutes() {
        try (var browser = Browser.open()) {
            open(browser);
            var all = entries(browser);
            browser.type("#find", "get preferences");
            assertThat(entries(browser)).containsExactly("GET /api/me/preferences");
            assertThat(browser.is(
                            "[...document.querySelectorAll('#list h2')].filter(head => head.checkVisibility()).length"
                                    + " === 1"))
                    .isTrue();
            browser.act("const find = document.getElementById('find'); find.value = '';"
                    + " find.dispatchEvent(new Event('input', {bubbles: true}))");
            assertThat(entries(browser)).isEqualTo(all);
        }
    }

    @Test
    void phoneFindsAndReadsARoute() {
        try (var browser = Browser.open()) {
            browser.phone(375);
            open(browser);
            assertThat(browser.ask("innerWidth").intValue()).isEqualTo(375);
            assertThat(browser.is(SIDEWAYS)).isFalse();
            assertThat(entries(browser)).isEmpty();
            browser.click("#list summary");
            assertThat(entries(browser)).contains("POST /api/events");
            browser.type("#find", "post events");
            assertThat(entries(browser)).contains("POST /api/events").doesNotContain("GET /api/me");
            browser.click("#list a[href='#postEvents']");
            await().until(() -> browser.is("document.querySelector('#postEvents .inside table')"));
            await().until(
                            () -> browser.is(
                                    "(({top, bottom}) => top >= document.querySelector('.bar').offsetHeight"
                                            + " && bottom <= innerHeight)(document.querySelector('#postEvents summary').getBoundingClientRect())"));
            assertThat(browser.is(SIDEWAYS)).isFalse();
        }
    }
}
