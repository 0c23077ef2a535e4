package dev.skelly.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.Waiting;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a page says while a person leaves it gets into the log, by the session cookie alone: a real browser sends it. */
class BeaconIT extends InBrowser {

    private static final String LEAVE = """
            addEventListener('pagehide', () => {
              const click = element => JSON.stringify({type: 'ui.clicked', data: {element}});
              navigator.sendBeacon('/api/events', click('by-beacon'));
              fetch('/api/events', {
                method: 'POST', keepalive: true, headers: {'Content-Type': 'application/json'}, body: click('by-keepalive')
              });
            })
            """;

    @Test
    void whatIsSentWhileLeavingIsEmittedByThePersonWhoLeaves() {
        // Given
        register();
        browser.act(LEAVE);

        // When
        browser.go("about:blank");

        // Then
        await().until(() -> clicked().size() == 2);
        assertThat(clicked()).containsExactlyInAnyOrder("by-beacon " + MAIL, "by-keepalive " + MAIL);
    }

    private List<String> clicked() {
        return Waiting.on(database.pool().query("""
                        select data ->> 'element' || ' ' || account.email as said
                        from event join account on account.id = event.actor
                        where type = 'ui.clicked'
                        """).execute()).stream()
                .map(row -> row.getString("said"))
                .toList();
    }
}
