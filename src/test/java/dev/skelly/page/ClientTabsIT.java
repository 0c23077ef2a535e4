package dev.skelly.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.Torture;
import dev.skelly.testing.WholeNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tabs of one browser share a connection, and miss nothing when the tab that holds it goes. */
class ClientTabsIT {

    private static final int TABS = 10; // Over HTTP/1.1 a browser opens six connections to an origin.
    private static final int EVENTS = 40;
    private static final Duration FROZEN = Duration.ofSeconds(Torture.times(60, 3));
    private static final Duration NEXT_LEADER_MAX = Duration.ofMillis(500);

    @SuppressWarnings("NullAway.Init")
    private static WholeNode node;

    @SuppressWarnings("NullAway.Init")
    private ClientBrowser browser;

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
    }

    @AfterEach
    void stop() {
        browser.close();
    }

    @Test
    void shareOneConnectionAndEachGetsItsOwnEvents() {
        var all = browser.topic("all");
        var left = browser.topic("left");
        var right = browser.topic("right");
        var one = browser.tab();
        var two = browser.tab();
        one.follow(all);
        one.follow(left);
        two.follow(all);
        two.follow(right);
        try (var writer = browser.writer(all, left, right).start()) {
            writer.more(EVENTS);
            var three = browser.tab();
            three.act("await follow('%s', {since: 'earliest'})".formatted(all));
            writer.more(EVENTS);
            assertThat(browser.connections()).isEqualTo(1);
            writer.end();

            for (var tab : List.of(one, two, three)) {
                browser.assertHas(tab, all);
            }
            browser.assertHas(one, left);
            browser.assertHas(two, right);
            assertThat(List.of(one, two, three).stream().filter(ClientTab::leads))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anotherTabGoesOnWhenTheLeaderIsClosedOrEndsAtOnce(boolean crashed) {
        var topic = browser.topic("leader");
        var tabs = new ArrayList<>(
                IntStream.range(0, 3).mapToObj(n -> browser.tab()).toList());
        tabs.forEach(tab -> tab.follow(topic));
        try (var writer = browser.writer(topic).start()) {
            while (tabs.size() > 1) {
                writer.more(EVENTS);
                var leader = tabs.stream().filter(ClientTab::leads).findFirst().orElseThrow();
                tabs.remove(leader);
                var began = System.currentTimeMillis();
                if (crashed) {
                    leader.crash();
                } else {
                    leader.close();
                }
                await().until(() -> tabs.stream().anyMatch(ClientTab::leads));
                var next = tabs.stream().filter(ClientTab::leads).findFirst().orElseThrow();
                var ledAt = next.ask("ledAt[0]").longValue();
                Torture.promise(
                        "next leader after the " + (crashed ? "end" : "close") + " of a tab",
                        Duration.ofMillis(ledAt - began),
                        NEXT_LEADER_MAX);
                writer.more(EVENTS);
            }
            writer.end();

            tabs.forEach(tab -> browser.assertHas(tab, topic));
            assertThat(browser.log(topic)).hasSize(writer.written());
        }
    }

    @Test
    void tenTabsAreLiveAndCanStillSendRequests() {
        var topic = browser.topic("ten");
        var tabs = IntStream.range(0, TABS).mapToObj(n -> browser.tab()).toList();
        tabs.forEach(tab -> tab.follow(topic));
        try (var writer = browser.writer(topic).start()) {
            for (var tab : tabs) {
                assertThat(tab.ask("(await fetch('/api/me')).status").intValue())
                        .isIn(200, 401);
                assertThat(tab.ask("(await client.request('GET', '/api/me')).status")
                                .intValue())
                        .isEqualTo(200);
            }
            writer.more(EVENTS);
            assertThat(browser.connections()).isEqualTo(1);
            writer.end();

            tabs.forEach(tab -> {
                browser.assertHas(tab, topic);
                assertThat(tab.ask("client.connection.state").textValue()).isEqualTo("live");
            });
        }
        assertThat(tabs.get(0)
                        .ask("performance.getEntriesByType('navigation')[0].nextHopProtocol")
                        .textValue())
                .isEqualTo("http/1.1");
    }

    @Test
    void anotherTabGoesOnWhileTheLeaderIsFrozenWhichThenGetsAll() {
        var topic = browser.topic("frozen");
        var tabs = List.of(browser.tab(), browser.tab());
        tabs.forEach(tab -> tab.act("await follow('%s', {since: 'earliest'})".formatted(topic)));
        try (var writer = browser.writer(topic).start()) {
            writer.more(EVENTS);
            var leader = tabs.get(tabs.get(0).leads() ? 0 : 1);
            var other = tabs.get(tabs.get(0).leads() ? 1 : 0);
            leader.freeze(true);
            other.until("client.connection.leader && state === 'live'");
            write(writer, FROZEN);
            assertThat(other.got(topic)).hasSizeGreaterThan(EVENTS);
            leader.freeze(false);
            leader.until("!client.connection.leader");
            writer.more(EVENTS);
            writer.end();

            tabs.forEach(tab -> browser.assertHas(tab, topic));
        }
    }

    @Test
    void aFrozenTabWithoutOthersGetsAllWhenItGoesOn() {
        var topic = browser.topic("alone");
        var tab = browser.tab();
        tab.act("await follow('%s', {since: 'earliest'})".formatted(topic));
        try (var writer = browser.writer(topic).start()) {
            writer.more(EVENTS);
            tab.freeze(true);
            write(writer, FROZEN);
            tab.freeze(false);
            writer.more(EVENTS);
            writer.end();

            browser.assertHas(tab, topic);
        }
    }

    private static void write(EventWriter writer, Duration time) {
        for (var end = System.nanoTime() + time.toNanos(); System.nanoTime() < end; ) {
            writer.more(1);
        }
    }
}
