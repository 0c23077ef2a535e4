package dev.skelly.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.WholeNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page of all descriptions, in a real browser, under the policy with which it is served. */
class DocsPageIT {

    private static final String DRAWN = "document.documentElement.dataset.drawn === 'true'";

    @Test
    void pageShowsEveryRouteAndFindsEvents() {
        try (var node = WholeNode.start(Map.of());
                var browser = Browser.open()) {
            browser.go(node.url() + "/docs");
            await().until(() -> browser.is(DRAWN));
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
}
