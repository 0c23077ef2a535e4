package dev.skelly.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.WholeNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts that are programs in some place of a page are text on ours: nothing runs, and the policy of the page had nothing to stop. */
class PolyglotIT {

    private static final String NAME = "\"'--></script><img src=x onerror=window.hit=1><svg/onload=alert(1)>{{7*7}}";
    private static final String EMAIL = "'onload='hit`${hit}`{{7*7}}/*&lt@example.org";
    private static final String TEXT =
            "jaVasCript:/*-/*`/*\\`/*'/*\"/**/(/* */oNcliCk=window.hit=2 )//%0D%0A//</stYle/</titLe/</teXtarEa/</scRipt/"
                    + "--!>\\x3csVg/<sVg/oNloAd=window.hit=3//>\\x3e<iframe srcdoc='<script>parent.hit=4</script>'>";
    private static final String AGENT = "<img src=x onerror=window.hit=5>";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static WholeNode node;

    @SuppressWarnings("NullAway.Init")
    private static Browser browser;

    @BeforeAll
    static void start() throws IOException {
        var events = Files.createDirectory(folder.resolve("events"));
        Files.writeString(events.resolve("notes.yaml"), """
                types:
                  - name: note.taken
                    meaning: %1$s
                    data:
                      type: object
                      properties:
                        text: {type: string, maxLength: 2000, description: %1$s}
                      required: [text]
                    audience: [self]
                    emit: [user]
                """.formatted(quoted(TEXT)));
        node = WholeNode.start(Map.of("ratelimit.enabled", "false", "events.dir", events.toString()));
        browser = Browser.open();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'"; // As YAML has it.
    }

    @AfterAll
    static void stop() {
        browser.close();
        node.close();
    }

    private static void until(String script) {
        await().until(() -> browser.is(script));
    }

    private static void nothingRan(String where) {
        browser.act(
                "(window.reports = [], new ReportingObserver(found => window.reports.push(...found.map(one =>"
                        + " one.body.effectiveDirective + ' ' + one.body.blockedURL)), {types: ['csp-violation'], buffered: true}).observe())");
        until("new Promise(done => setTimeout(() => done(true), 50))");
        assertThat(browser.ask("window.reports").toString())
                .as("reports of %s", where)
                .isEqualTo("[]");
        assertThat(browser.is("window.hit === undefined"))
                .as("%s ran something", where)
                .isTrue();
        assertThat(browser.is("document.querySelector('img[src=x], iframe, [onload], [onerror]') === null"))
                .as("%s has elements of a stranger", where)
                .isTrue();
    }

    private static String token(String agent) {
        var answer = node.send(node.request("/api/auth/login")
                .header("Content-Type", "application/json")
                .header("User-Agent", agent)
                .POST(BodyPublishers.ofString(json(Map.of("email", EMAIL, "password", WholeNode.PASSWORD))))
                .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return node.read(answer.body()).path("accessToken").asText();
    }

    private static String json(Map<String, ?> body) {
        return new io.vertx.core.json.JsonObject(Map.copyOf(body)).encode();
    }

    @Test
    void thePageShowsThemAsText() {
        // Given
        var made =
                node.post("/api/auth/register", Map.of("email", EMAIL, "password", WholeNode.PASSWORD, "name", NAME));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        var token = token(AGENT);

        // When
        browser.go(node.url() + "/#verify-email=" + AGENT);
        until("!document.getElementById('welcome').hidden");
        browser.type("#login-email", EMAIL);
        browser.type("#login-password", WholeNode.PASSWORD);
        browser.click("#panel-login button[type=submit]");
        until("!document.getElementById('home').hidden");
        var emitted = node.send(node.request("/api/events")
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofString(json(Map.of("type", "note.taken", "data", Map.of("text", TEXT)))))
                .build());
        assertThat(emitted.statusCode()).as(emitted.body()).isEqualTo(202);
        until("[...document.querySelectorAll('.event code')].some(code => code.textContent === 'note.taken')");
        nothingRan("the list of events");
        assertThat(browser.ask("document.getElementById('who').textContent").textValue())
                .isEqualTo(NAME);

        // Then
        accountIsText();
        faultsAreText();
    }

    private static void accountIsText() {
        browser.click("#open-settings");
        until("document.querySelectorAll('#sign-ins li').length > 1");
        nothingRan("the account");
        assertThat(browser.ask("document.getElementById('address-now').textContent")
                        .textValue())
                .isEqualTo(EMAIL);
    }

    private static void faultsAreText() {
        browser.click("#sign-out");
        until("!document.getElementById('welcome').hidden");
        browser.click("#tab-register");
        browser.type("#register-email", AGENT + "@example.org");
        browser.type("#register-password", "short");
        browser.click("#panel-register button[type=submit]");
        until("document.querySelectorAll('#panel-register .error:not([hidden])').length === 2");
        nothingRan("the faults of a form");
    }

    @Test
    void theDescriptionsShowThemAsText() {
        // When
        browser.go("about:blank");
        browser.go(node.url() + "/docs#" + AGENT);
        until("document.documentElement.dataset.drawn === 'true'");
        browser.type("#find", AGENT);
        browser.act("document.querySelectorAll('details').forEach(one => one.open = true)");
        until("document.body.textContent.includes('oNcliCk=window.hit=2')");

        // Then
        nothingRan("the descriptions");
    }

    @Test
    void whatRanOrWasStoppedWouldBeSeen() {
        // When
        browser.go("about:blank");
        browser.go(node.url() + "/docs");
        until("document.documentElement.dataset.drawn === 'true'");
        browser.act("document.body.insertAdjacentHTML('beforeend', \"<img src=x onerror='window.hit=1'>\")");

        // Then
        until("document.querySelector('img[src=x]').complete");
        Throwable seen = org.assertj.core.api.Assertions.catchThrowable(() -> nothingRan("a planted element"));
        assertThat(seen).isInstanceOf(AssertionError.class).hasMessageContaining("reports of a planted element");
    }
}
