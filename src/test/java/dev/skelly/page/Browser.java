package dev.skelly.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.event.Json;
import dev.skelly.testkit.TemporaryFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A headless Chromium, led by chromedriver over plain W3C WebDriver. Needs {@code chromium} and {@code chromedriver} on the path.
 *
 * <p>One runs for all tests of this JVM. Each test finds it with one empty tab and no cookies, and a node on a port of its own, so nothing else
 * that it may have stored is seen either.
 */
final class Browser implements AutoCloseable {

    private static @Nullable Browser running; // Guarded by the class.

    private static final Pattern PORT = Pattern.compile("started successfully on port (\\d+)");
    private static final int STARTS_MAX = 3;
    private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf"; // WebDriver, section 12.

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process driver;
    private final String session;
    private final String devTools;

    private Browser(Process driver, String address, Path profile) {
        this.driver = driver;
        var options = Map.of(
                "args",
                List.of(
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--disable-dev-shm-usage",
                        "--window-size=1280,900",
                        "--user-data-dir=" + profile));
        var made = post(
                address + "/session",
                Map.of(
                        "capabilities",
                        Map.of(
                                "alwaysMatch",
                                Map.of(
                                        "browserName",
                                        "chrome",
                                        "acceptInsecureCerts",
                                        true,
                                        "goog:chromeOptions",
                                        options))));
        this.session = address + "/session/" + made.get("sessionId").textValue();
        this.devTools =
                made.at("/capabilities/goog:chromeOptions/debuggerAddress").textValue();
    }

    /** With one empty tab, as a browser is after its start. */
    static synchronized Browser open() {
        var browser = running;
        if (browser == null) {
            var profile = TemporaryFolder.make("skelly-test-browser");
            browser = start(profile);
            running = browser;
            var ended = browser;
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                ended.end();
                TemporaryFolder.delete(profile);
            }));
        }
        return browser;
    }

    /** A further browser with cookies of its own, for another person; the test ends it. */
    static Browser another(Path profile) {
        return start(profile);
    }

    /* chromedriver takes a free port of IPv6 and ends if the same one of IPv4 is taken. */
    private static Browser start(Path profile) {
        var ended = new IOException("not started");
        for (var attempt = 0; attempt < STARTS_MAX; attempt++) {
            try {
                var driver = new ProcessBuilder("chromedriver", "--port=0")
                        .redirectErrorStream(true)
                        .start();
                return new Browser(driver, "http://127.0.0.1:" + port(driver), profile);
            } catch (IOException e) {
                ended = e;
            }
        }
        throw new UncheckedIOException("chromedriver (expected: chromium and chromedriver on the path)", ended);
    }

    private static String port(Process driver) throws IOException {
        var said = new StringBuilder();
        var lines = new BufferedReader(new InputStreamReader(driver.getInputStream(), StandardCharsets.UTF_8));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            var found = PORT.matcher(line);
            if (found.find()) {
                return found.group(1);
            }
            said.append(line).append('\n');
        }
        throw new IOException("chromedriver ended: " + said);
    }

    @CanIgnoreReturnValue
    private JsonNode post(String url, Object body) {
        return send(HttpRequest.newBuilder(URI.create(url)).POST(HttpRequest.BodyPublishers.ofString(text(body))));
    }

    private static String text(Object body) {
        try {
            return Json.mapper().writeValueAsString(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @CanIgnoreReturnValue
    private JsonNode send(HttpRequest.Builder request) {
        try {
            var answer = http.send(
                    request.header("Content-Type", "application/json").build(), HttpResponse.BodyHandlers.ofString());
            var value = com.fasterxml.jackson.databind.json.JsonMapper.builder()
                    .build()
                    .readTree(answer.body())
                    .path("value");
            if (answer.statusCode() != 200) {
                throw new AssertionError(value.path("error").asText() + ": "
                        + value.path("message").asText());
            }
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Host and port of its DevTools. */
    String devTools() {
        return devTools;
    }

    void go(String url) {
        post(session + "/url", Map.of("url", url));
    }

    /** The tab in front. */
    String tab() {
        return send(HttpRequest.newBuilder(URI.create(session + "/window"))).textValue();
    }

    /** A new tab, brought to the front. */
    @CanIgnoreReturnValue
    String newTab() {
        var tab = post(session + "/window/new", Map.of("type", "tab"))
                .get("handle")
                .textValue();
        front(tab);
        return tab;
    }

    void front(String tab) {
        post(session + "/window", Map.of("handle", tab));
    }

    /** What {@code return …} in the tab in front gives. */
    JsonNode ask(String script) {
        return post(session + "/execute/sync", Map.of("script", "return " + script, "args", List.of()));
    }

    /** Carries out a script in the tab in front. */
    void act(String script) {
        post(session + "/execute/sync", Map.of("script", script, "args", List.of()));
    }

    boolean is(String script) {
        return ask("Boolean(" + script + ")").booleanValue();
    }

    void type(String selector, String text) {
        post(element(selector) + "/value", Map.of("text", text));
    }

    void click(String selector) {
        post(element(selector) + "/click", Map.of());
    }

    private String element(String selector) {
        var found = post(session + "/element", Map.of("using", "css selector", "value", selector));
        return session + "/element/" + found.get(ELEMENT).textValue();
    }

    /** Shows pages as on a phone of this width in CSS pixels, until the test ends. */
    void phone(int width) {
        devTools(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 720, "deviceScaleFactor", 1, "mobile", true));
    }

    /** Takes the network from the tab in front, or gives it back. */
    void offline(boolean offline) {
        devTools("Network.enable", Map.of());
        devTools(
                "Network.emulateNetworkConditions",
                Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    /**
     * Holds requests of the tab in front up, until {@link #release}.
     *
     * @param url with {@code *} for any characters
     * @param stage {@code Request}: the server does not hear of them; {@code Response}: it has answered, and the page does not hear of it
     */
    void hold(String url, String stage) {
        devTools("Fetch.enable", Map.of("patterns", List.of(Map.of("urlPattern", url, "requestStage", stage))));
    }

    /** Lets go on what is held up. */
    void release() {
        devTools("Fetch.disable", Map.of());
    }

    private void devTools(String command, Map<String, Object> parameters) {
        post(session + "/goog/cdp/execute", Map.of("cmd", command, "params", parameters));
    }

    /** A picture of the tab in front. */
    void picture(Path file) {
        var png = send(HttpRequest.newBuilder(URI.create(session + "/screenshot")))
                .textValue();
        try {
            Files.write(file, Base64.getDecoder().decode(png));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leaves one empty tab and no cookies to the next test. */
    @Override
    public void close() {
        var tabs = send(HttpRequest.newBuilder(URI.create(session + "/window/handles")));
        for (var n = 1; n < tabs.size(); n++) {
            front(tabs.get(n).textValue());
            send(HttpRequest.newBuilder(URI.create(session + "/window")).DELETE());
        }
        front(tabs.get(0).textValue());
        release();
        go("about:blank");
        devTools("Network.clearBrowserCookies", Map.of());
        devTools("Emulation.clearDeviceMetricsOverride", Map.of());
    }

    /** Ends the browser as if its user closed it. */
    void end() {
        try {
            send(HttpRequest.newBuilder(URI.create(session)).DELETE());
        } finally {
            driver.destroy();
            try {
                if (!driver.waitFor(10, TimeUnit.SECONDS)) {
                    driver.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
