package dev.skelly.page;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** A tab with the client in it, as {@code window.client}. What was delivered is in {@code window.got}, by name of a topic. */
final class ClientTab {

    /* client.d.ts is shown as a text: a page of the node's origin without scripts of its own. */
    private static final String PAGE = "/client.d.ts";

    private static final String START = """
            window.got = {}; window.gaps = []; window.ledAt = []; window.failures = [];
            const {createClient} = await import('%s/client.js');
            window.client = createClient(%s);
            client.onGap(gap => gaps.push(gap.reason));
            client.onConnection(({leader, state}) => {
              if (leader && !window.led) {
                ledAt.push(Date.now());
              }
              window.led = leader;
              window.state = state;
            });
            window.follow = (about, options) => new Promise(resolve => {
              got[about] = [];
              client.subscribe('feedback.given', event => got[about].push(event.id), {
                channels: ['topic:feedback/' + about], onLive: resolve, onError: failure => failures.push(String(failure)), ...options});
            });
            window.give = (about, words) => client.emit('feedback.given', {about, stars: 5, words}).id;
            await client.started;
            """;

    private final DevTools devTools;
    private final String target;
    private final String session;

    private ClientTab(DevTools devTools, String target) {
        this.devTools = devTools;
        this.target = target;
        this.session = devTools.send(null, "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .get("sessionId")
                .textValue();
    }

    /** A tab that shows a page. */
    static ClientTab open(DevTools devTools, String url) {
        var made = devTools.send(null, "Target.createTarget", Map.of("url", url));
        var tab = new ClientTab(devTools, made.get("targetId").textValue());
        tab.until("document.readyState === 'complete' && location.href !== 'about:blank'");
        return tab;
    }

    /** The page of a node on which tests run the client. */
    static String page(String node) {
        return node + PAGE;
    }

    /**
     * Makes the client.
     *
     * @param node the origin that serves it; empty for that of the page
     * @param options as JavaScript
     */
    void start(String node, String options) {
        act(START.formatted(node, options));
    }

    /** Carries out the body of an asynchronous function; waits for its end. */
    @CanIgnoreReturnValue
    JsonNode act(String script) {
        var answer = devTools.send(
                session,
                "Runtime.evaluate",
                Map.of(
                        "expression",
                        "(async () => {" + script + "\n})()",
                        "awaitPromise",
                        true,
                        "returnByValue",
                        true,
                        "userGesture",
                        true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(answer.path("exceptionDetails").toString());
        }
        return answer.path("result").path("value");
    }

    JsonNode ask(String expression) {
        return act("return " + expression);
    }

    boolean is(String expression) {
        return ask("Boolean(" + expression + ")").booleanValue();
    }

    /** Waits for it, also over a change of the page. */
    void until(String expression) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptionsMatching(e -> true)
                .until(() -> is(expression));
    }

    /** Follows a topic; returns when that is live. */
    void follow(String about) {
        act("await follow('" + about + "')");
    }

    /** The ids of the events of a topic that were delivered, in their order. */
    List<String> got(String about) {
        var ids = ask("got['" + about + "']");
        return StreamSupport.stream(ids.spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
    }

    boolean leads() {
        return is("client.connection.leader");
    }

    void reload() {
        act("window.beforeReload = true");
        command("Page.reload", Map.of());
        until("!window.beforeReload && document.readyState === 'complete'");
    }

    void close() {
        devTools.send(null, "Target.closeTarget", Map.of("targetId", target));
    }

    /** Does nothing if the test closed it. */
    void closeIfOpen() {
        var unused = devTools.start(null, "Target.closeTarget", Map.of("targetId", target))
                .join();
    }

    /** Ends the process of the page at once, as a fault of it does. */
    void crash() {
        devTools.start(session, "Page.crash", Map.of());
    }

    void freeze(boolean frozen) {
        command("Page.setWebLifecycleState", Map.of("state", frozen ? "frozen" : "active"));
    }

    void offline(boolean offline) {
        command("Network.enable", Map.of());
        command(
                "Network.emulateNetworkConditions",
                Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    private void command(String method, Map<String, ?> parameters) {
        devTools.send(session, method, parameters);
    }
}
