package dev.skelly.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.skelly.testing.WholeNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions of tabs: over the ends of tokens, and on pages of another origin. */
class ClientSessionIT {

    private static final int TOKEN_SECONDS = 6;
    private static final int EXPIRIES = 2;
    private static final int TABS = 4;
    private static final int EVENTS = 20;
    private static final Pattern REFRESHES =
            Pattern.compile("(?m)^skelly_http_requests_seconds_count\\{(?=[^}]*auth/refresh).*} ([0-9.]+)$");

    @SuppressWarnings("NullAway.Init")
    private static WholeNode node;

    @SuppressWarnings("NullAway.Init")
    private static HttpServer other;

    @SuppressWarnings("NullAway.Init")
    private ClientBrowser browser;

    @BeforeAll
    static void startServers() throws IOException {
        other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            var page = "<!doctype html><title>another origin</title>".getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        other.start();
        node = WholeNode.start(ClientBrowser.settings(Map.of(
                "security.token-life",
                TOKEN_SECONDS + "s",
                "security.token-leeway",
                "0s",
                "http.cors-origins",
                origin())));
    }

    private static String origin() {
        return "http://127.0.0.1:" + other.getAddress().getPort();
    }

    @AfterAll
    static void stopServers() {
        node.close();
        other.stop(0);
    }

    @BeforeEach
    void start() {
        browser = new ClientBrowser(node);
    }

    @AfterEach
    void stop() {
        browser.close();
    }

    private static int refreshes() {
        var answer = node.send(node.request("/metrics")
                .header("Authorization", "Bearer " + node.signIn(WholeNode.ADMIN))
                .build());
        return REFRESHES
                .matcher(answer.body())
                .results()
                .mapToInt(found -> (int) Double.parseDouble(found.group(1)))
                .sum();
    }

    @Test
    void streamsGoOnOverTheEndsOfTokensAndOneTabRefreshesForAll() {
        var topic = browser.topic("tokens");
        var tabs = IntStream.range(0, TABS).mapToObj(n -> browser.tab()).toList();
        tabs.forEach(tab -> tab.follow(topic));
        var before = refreshes();
        var began = System.nanoTime();
        var end = began + EXPIRIES * (TOKEN_SECONDS + 1) * 1_000_000_000L;
        while (System.nanoTime() < end) {
            browser.writer(topic).write(topic); // With a token of its own.
        }
        var seconds = (System.nanoTime() - began) / 1e9;
        var made = refreshes() - before;

        tabs.forEach(tab -> {
            browser.assertHas(tab, topic);
            assertThat(tab.is("client.user")).isTrue();
        });
        System.out.println("{\"refreshes\":" + made + ",\"seconds\":" + seconds + "}");
        // A tab renews a token when up to two fifths of its life are left, and the connection once more when it is
        // opened again.
        assertThat((double) made).isBetween((double) EXPIRIES, 2 + 2 * seconds / (TOKEN_SECONDS * 0.6));
    }

    @Test
    void aPageOfAnotherOriginStaysSignedInOverAReloadAndLogsOutInAllTabs() {
        var topic = browser.topic("origin");
        var options = "{url: '%s'}".formatted(node.url());
        var tabs = List.of(browser.open(origin()), browser.open(origin()));
        var tab = tabs.get(0);
        tab.start(node.url(), options);
        tab.act("""
                const person = {email: 'far@example.org', password: '%s'};
                await client.register(person);
                await client.login(person);
                """.formatted(WholeNode.PASSWORD));
        tabs.get(1).start(node.url(), options);
        tabs.get(1).until("client.user && client.user.email === 'far@example.org'");
        tabs.get(1).follow(topic);
        followFromStored(tab, topic);
        var writer = browser.writer(topic);
        IntStream.range(0, EVENTS).forEach(n -> writer.write(topic));
        tab.until("localStorage.got && JSON.parse(localStorage.got).length === " + EVENTS);

        tab.reload();
        IntStream.range(0, EVENTS).forEach(n -> writer.write(topic));
        tab.start(node.url(), options);
        assertThat(tab.ask("client.user.email").textValue()).isEqualTo("far@example.org");
        followFromStored(tab, topic);
        IntStream.range(0, EVENTS).forEach(n -> writer.write(topic));

        tabs.forEach(one -> browser.assertHas(one, topic));
        assertThat(tab.is("document.cookie === ''")).isTrue();
        tab.act("await client.logout()");
        tabs.forEach(one -> one.until("client.user === null && client.connection.state === 'signed-out'"));
        tab.reload();
        tab.start(node.url(), options);
        assertThat(tab.is("client.user === null")).isTrue();
    }

    private static void followFromStored(ClientTab tab, String topic) {
        tab.act("""
                got['%1$s'] = JSON.parse(localStorage.got ?? '[]');
                await new Promise(resolve => client.subscribe('feedback.given', (event, {cursor}) => {
                  got['%1$s'].push(event.id);
                  localStorage.got = JSON.stringify(got['%1$s']);
                  localStorage.since = cursor;
                }, {channels: ['topic:feedback/%1$s'], since: localStorage.since ?? 'earliest', onLive: resolve}));
                """.formatted(topic));
    }
}
