package dev.skelly.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.Torture;
import dev.skelly.testing.WholeNode;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Proxies that are slow, or hold streams up. */
class ClientProxyIT {

    private static final int LATENCY_MILLIS = 1500;
    private static final int EVENTS = 30;
    private static final Duration POLLS_WITHIN = Duration.ofSeconds(15);

    @SuppressWarnings("NullAway.Init")
    private static WholeNode node;

    @SuppressWarnings("NullAway.Init")
    private ClientBrowser browser;

    @SuppressWarnings("NullAway.Init")
    private LatencyProxy proxy;

    @BeforeAll
    static void startNode() {
        node = WholeNode.start(ClientBrowser.settings(Map.of()));
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    @BeforeEach
    void start() {
        browser = new ClientBrowser(node);
        proxy = new LatencyProxy(URI.create(node.url()).getPort());
    }

    @AfterEach
    void stop() {
        browser.close();
        proxy.close();
    }

    private ClientTab tab() {
        var tab = browser.page(proxy.url());
        browser.start(tab, "", "{}");
        return tab;
    }

    @Test
    void aStreamThatIsSlowIsUsed() {
        var topic = browser.topic("slow");
        var tab = tab();
        proxy.latency(LATENCY_MILLIS);
        tab.follow(topic);
        try (var writer = browser.writer(topic).start()) {
            writer.more(EVENTS);
            writer.end();

            browser.assertHas(tab, topic);
        }
        assertThat(tab.ask("client.connection.transport").textValue()).isEqualTo("sse");
        proxy.latency(0);
    }

    @Test
    void aStreamThatIsHeldUpIsReplacedByPolls() {
        var topic = browser.topic("held");
        var tab = tab();
        proxy.buffer();
        Torture.within("polls where streams are held up", POLLS_WITHIN, () -> {
            tab.follow(topic);
            return true;
        });
        try (var writer = browser.writer(topic).start()) {
            writer.more(EVENTS);
            writer.end();

            browser.assertHas(tab, topic);
        }
        assertThat(tab.ask("client.connection.transport").textValue()).isEqualTo("poll");
    }
}
