package dev.skelly.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.testing.SkellyProcess;
import dev.skelly.testing.WholeNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Without a network, or a server, nothing is lost: neither what is written nor what is read. */
class ClientOutageIT {

    private static final int EVENTS = 30;
    private static final int BEHIND_MAX = 300; // Positions that a stream replays.
    private static final String SOON = "{retry: {first: 50, last: 200}}";
    private static final String AWAY = """
            {retry: {first: 50, last: 200},
             fetch: (input, init) => sessionStorage.away ? Promise.reject(new TypeError('away')) : fetch(input, init)}""";

    @SuppressWarnings("NullAway.Init")
    private static WholeNode node;

    @SuppressWarnings("NullAway.Init")
    private ClientBrowser browser;

    @BeforeAll
    static void startNode() {
        node = WholeNode.start(ClientBrowser.settings(Map.of(
                "http.port",
                String.valueOf(SkellyProcess.freePort()),
                "stream.behind-events-max",
                String.valueOf(BEHIND_MAX))));
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    @BeforeEach
    void start() {
        browser = new ClientBrowser(node);
    }

    @AfterEach
    void stop() {
        browser.close();
    }

    private static List<String> give(ClientTab tab, String topic) {
        return IntStream.range(0, EVENTS)
                .mapToObj(n -> tab.ask("give('%s', '%d')".formatted(topic, n)).textValue())
                .toList();
    }

    /* An answered write gets its position a moment later. */
    private void awaitLogged(String topic, int events) {
        await().until(() -> browser.log(topic).size() >= events);
    }

    /** Those of a tab are in the log once each, in the order in which it wrote them. */
    private void assertWritten(String topic, List<String> ids) {
        assertThat(browser.log(topic).stream().filter(ids::contains).toList()).isEqualTo(ids);
    }

    @Test
    void writesAndReadsGoOnAfterATimeWithoutNetwork() {
        var topic = browser.topic("offline");
        var tab = browser.tab(SOON);
        tab.follow(topic);
        var writer = browser.writer(topic);
        writer.write(topic);

        browser.disconnect(tab);
        var ids = give(tab, topic);
        IntStream.range(0, EVENTS).forEach(n -> writer.write(topic));
        assertThat(tab.got(topic)).hasSize(1);
        tab.offline(false);
        tab.until("(await __skelly.outbox()).length === 0");

        awaitLogged(topic, 1 + 2 * EVENTS);
        browser.assertHas(tab, topic);
        assertWritten(topic, ids);
    }

    @Test
    void whatWasWrittenWithoutNetworkIsSentAfterAReload() {
        var topic = browser.topic("reload");
        var tab = browser.tab(AWAY);
        tab.act("sessionStorage.away = 'yes'");
        var ids = give(tab, topic);
        tab.until("(await __skelly.outbox()).length === " + EVENTS);
        tab.reload();
        browser.again(tab, AWAY);
        tab.act("follow('%s', {since: 'earliest'}); delete sessionStorage.away".formatted(topic));
        tab.until("(await __skelly.outbox()).length === 0");

        awaitLogged(topic, EVENTS);
        assertThat(browser.log(topic)).isEqualTo(ids);
        browser.assertHas(tab, topic);
    }

    @Test
    void tabsGoOnAfterARestartOfTheServer() {
        var topic = browser.topic("restart");
        var tabs = List.of(browser.tab(SOON), browser.tab(SOON));
        tabs.forEach(tab -> tab.follow(topic));
        var writer = browser.writer(topic);
        writer.write(topic);
        var lists = new ArrayList<List<String>>();

        node.restart(() -> tabs.forEach(tab -> lists.add(give(tab, topic))));
        tabs.forEach(tab -> tab.until("(await __skelly.outbox()).length === 0 && state === 'live'"));
        IntStream.range(0, EVENTS).forEach(n -> writer.write(topic));

        awaitLogged(topic, 1 + EVENTS + tabs.size() * EVENTS);
        tabs.forEach(tab -> browser.assertHas(tab, topic));
        lists.forEach(ids -> assertWritten(topic, ids));
        assertThat(browser.log(topic)).hasSize(1 + EVENTS + tabs.size() * EVENTS);
    }

    @Test
    void aGapMakesTheStateBeReadAgain() {
        var topic = browser.topic("gap");
        var tab = browser.tab(SOON);
        tab.act("""
                window.reads = 0;
                await follow('%1$s', {getState: async () => {
                  const events = await client.history('feedback.given', {channels: ['topic:feedback/%1$s']});
                  reads++;
                  got['%1$s'] = events.map(event => event.id);
                }});
                """.formatted(topic));
        var writer = browser.writer(topic);
        writer.write(topic);
        tab.until("got['%s'].length === 1".formatted(topic));

        browser.disconnect(tab);
        IntStream.range(0, BEHIND_MAX + EVENTS).forEach(n -> writer.write(topic));
        tab.offline(false);
        tab.until("gaps.length > 0 && state === 'live'");
        writer.write(topic);

        awaitLogged(topic, 2 + BEHIND_MAX + EVENTS);
        var log = browser.log(topic);
        tab.until("new Set(got['%s']).size === %d".formatted(topic, log.size()));
        assertThat(tab.got(topic).stream().distinct().toList()).isEqualTo(log);
        assertThat(tab.ask("gaps").valueStream().map(JsonNode::textValue)).containsExactly("too-far");
        assertThat(tab.ask("reads").intValue()).isEqualTo(2);
    }
}
