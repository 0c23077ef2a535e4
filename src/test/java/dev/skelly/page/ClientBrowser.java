package dev.skelly.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.testing.WholeNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A node, a browser with tabs that have the client, a reader who is signed in there, and a writer who is not. */
final class ClientBrowser implements AutoCloseable {

    private static int tests;

    private final WholeNode node;
    private final Browser browser = Browser.open();
    private final DevTools devTools = new DevTools(browser.devTools());
    private final List<ClientTab> tabs = new ArrayList<>();
    private final String name = "test" + ++tests;
    private final String reader = "reader" + tests + "@example.org";
    private final String account;
    private final String writer;

    ClientBrowser(WholeNode node) {
        this.node = node;
        this.account = node.register(reader);
        this.writer = "writer" + tests + "@example.org";
        node.register(writer);
    }

    /** What lets a test write and connect as fast as it can. */
    static Map<String, String> settings(Map<String, String> more) {
        var settings = new HashMap<>(Map.of(
                "ratelimit.enabled",
                "false",
                "events.per-second",
                "100000",
                "auth.logins",
                "10000",
                "auth.registrations",
                "10000",
                "security.password-memory-kib",
                "1024",
                "security.password-iterations",
                "1"));
        settings.putAll(more);
        return settings;
    }

    /** A name of a topic that no other test uses. */
    String topic(String word) {
        return word + "-" + name;
    }

    DevTools devTools() {
        return devTools;
    }

    /** A tab in which the reader is signed in. */
    ClientTab tab() {
        return tab("{}");
    }

    /**
     * The same with options.
     *
     * @param options of the client, as JavaScript
     */
    ClientTab tab(String options) {
        var tab = page(node.url());
        start(tab, "", options);
        return tab;
    }

    /** A tab without the client. */
    ClientTab page(String origin) {
        return open(ClientTab.page(origin));
    }

    ClientTab open(String url) {
        var tab = ClientTab.open(devTools, url);
        tabs.add(tab);
        return tab;
    }

    /** Makes the client and signs the reader in unless that was done. */
    void start(ClientTab tab, String origin, String options) {
        tab.start(origin, "{name: '" + name + "', ..." + options + "}");
        tab.act("if (!client.user) { await client.login({email: '" + reader + "', password: '" + WholeNode.PASSWORD
                + "'}) }");
    }

    /** Makes the client after a reload. */
    void again(ClientTab tab, String options) {
        tab.start("", "{name: '" + name + "', ..." + options + "}");
    }

    /** Writes while something is done. */
    EventWriter writer(String... topics) {
        return new EventWriter(node, node.signIn(writer), topics);
    }

    /** The ids of the events of a topic, in the order of the log. */
    List<String> log(String about) {
        return inLog(about).stream().map(event -> event.get("id").textValue()).toList();
    }

    List<JsonNode> inLog(String about) {
        var token = node.signIn(writer);
        var found = new ArrayList<JsonNode>();
        var after = "";
        do {
            var answer = node.read(
                    node.send(node.request("/api/events?type=feedback.given&limit=200&channels=topic:feedback/" + about
                                            + after)
                                    .header("Authorization", "Bearer " + token)
                                    .build())
                            .body());
            answer.get("items").forEach(found::add);
            after = answer.path("nextCursor").isTextual()
                    ? "&after=" + answer.get("nextCursor").textValue()
                    : "";
        } while (!after.isEmpty());
        return found;
    }

    /** How many connections the reader has. */
    int connections() {
        var answer = node.send(node.request("/api/admin/connections?account=" + account)
                .header("Authorization", "Bearer " + node.signIn(WholeNode.ADMIN))
                .build());
        return node.read(answer.body()).get("total").intValue();
    }

    /** Takes the network from a tab; also the connection that is open, which Chromium leaves. */
    void disconnect(ClientTab tab) {
        tab.offline(true);
        var answer = node.send(node.request("/api/admin/connections?account=" + account)
                .header("Authorization", "Bearer " + node.signIn(WholeNode.ADMIN))
                .DELETE()
                .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        tab.until("state === 'offline'");
    }

    /** Waits until a tab has had as many events of a topic as the log has; then they are the same, once each and in order. */
    void assertHas(ClientTab tab, String about) {
        var log = log(about);
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(30))
                .until(() -> tab.got(about).size() >= log.size());
        assertThat(tab.got(about)).isEqualTo(log);
        assertThat(tab.ask("failures")).isEmpty();
    }

    /** Closes all its tabs and forgets the login. */
    @Override
    public void close() {
        tabs.forEach(ClientTab::closeIfOpen);
        devTools.send(null, "Storage.clearCookies", Map.of());
        devTools.close();
        browser.close();
    }
}
