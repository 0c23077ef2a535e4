package dev.skelly.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.Waiting;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The page in real Chromium with its native {@code EventSource}, against a whole node. */
class PageIT extends InBrowser {

    private List<String> shown(String tab) {
        browser.front(tab);
        var ids = new ArrayList<String>();
        browser.ask("[...document.querySelectorAll('.event')].map(event => event.dataset.id)")
                .forEach(id -> ids.add(id.textValue()));
        return ids;
    }

    /** All events of the only person there is, newest first. */
    private List<String> written() {
        var ids = new ArrayList<String>();
        var at = database.address();
        try (var connection = DriverManager.getConnection(at.jdbcUrl(), at.user(), at.password());
                var rows = connection.createStatement().executeQuery("select id from event order by position desc")) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return ids;
    }

    private static HttpResponse<String> call(String method, String url, String body, String token) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        var signed = token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
        return HttpClient.newHttpClient().send(signed.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String token() throws Exception {
        var body = "{\"email\":\"" + MAIL + "\",\"password\":\"" + PASSWORD + "\"}";
        var answer = call("POST", node.url() + "/api/auth/login", body, "");
        return new io.vertx.core.json.JsonObject(answer.body()).getString("accessToken");
    }

    @Test
    void twoTabsSeeTheEventsAndResumeWithoutAGapWhenTheServerWasAway() throws Exception {
        register();
        var first = browser.tab();
        var second = browser.newTab();
        browser.go(node.url());
        until("document.getElementById('state').dataset.state === 'live'");
        browser.click(".theme input[value=dark]");
        for (var tab : List.of(first, second)) {
            browser.front(tab);
            until(
                    "[...document.querySelectorAll('.event code')].some(code => code.textContent === 'user.preferences-changed')");
            until("document.documentElement.dataset.theme === 'dark'");
        }
        var token = token();

        Waiting.on(node.stop());
        for (var tab : List.of(first, second)) {
            browser.front(tab);
            until("document.getElementById('state').dataset.state === 'away'");
        }
        startNode();
        for (var i = 0; i < 5; i++) {
            assertThat(call("PUT", node.url() + "/api/me/preferences", "{\"n\":" + i + "}", token)
                            .statusCode())
                    .isEqualTo(200);
        }

        await().until(() -> shown(first).size() == written().size());
        await().until(() -> shown(second).size() == written().size());
        for (var tab : List.of(first, second)) {
            assertThat(shown(tab)).isEqualTo(written()).doesNotHaveDuplicates();
            until("document.getElementById('state').textContent.startsWith('Live, resumed')");
            assertThat(browser.is("document.getElementById('gap').hidden")).isTrue();
        }
    }

    @Test
    void namesThePersonWhomAnEventIsAbout() throws Exception {
        // Given
        for (var person : List.of("Ada", "Grace")) {
            var body = "{\"email\":\"%s@example.org\",\"password\":\"%s\",\"name\":\"%s\"}";
            var form = body.formatted(person.toLowerCase(Locale.ROOT), PASSWORD, person);
            assertThat(call("POST", node.url() + "/api/auth/register", form, "").statusCode())
                    .isEqualTo(201);
        }
        database.execute("update account set roles = array['admin', 'user'] where email = 'ada@example.org'");

        // When
        browser.go(node.url());
        until("!document.getElementById('welcome').hidden");
        browser.type("#login-email", "ada@example.org");
        browser.type("#login-password", PASSWORD);
        browser.click("#panel-login button[type=submit]");

        // Then
        until("[...document.querySelectorAll('.event .title')]"
                + ".some(title => title.textContent === 'Account created (Grace)')");
        assertThat(browser.is("[...document.querySelectorAll('.event .title')]"
                        + ".some(title => title.textContent === 'Account created')"))
                .isTrue();
    }

    @Test
    void showsEachFaultAtItsField() {
        browser.go(node.url());
        until("!document.getElementById('welcome').hidden");
        browser.click("#tab-register");
        browser.type("#register-email", "no address");
        browser.type("#register-password", "short");

        browser.click("#panel-register button[type=submit]");
        until("document.querySelectorAll('#panel-register .error:not([hidden])').length === 2");

        assertThat(browser.ask("document.activeElement.id").textValue()).isEqualTo("register-email");
        assertThat(browser.is("document.getElementById('register-password').getAttribute('aria-invalid') === 'true'"))
                .isTrue();
    }

    @Test
    void signsOutInEveryTab() {
        register();
        var first = browser.tab();
        browser.newTab();
        browser.go(node.url());
        until("document.getElementById('state').dataset.state === 'live'");

        browser.click("#sign-out");
        browser.front(first);

        until("!document.getElementById('welcome').hidden");
        assertThat(browser.ask("document.cookie").textValue()).isEmpty();
    }

    @Test
    void fitsAPhoneAndNamesItsControls() {
        register();

        var unnamed = browser.ask("[...document.querySelectorAll('input, button')].filter(control =>"
                + " !control.labels?.length && !control.textContent.trim() && !control.ariaLabel).length");

        assertThat(unnamed.intValue()).isZero();
        assertThat(browser.is("document.documentElement.scrollWidth <= innerWidth"))
                .isTrue();
        assertThat(browser.is("document.querySelector('[style], style, script:not([src])') === null"))
                .isTrue();
    }
}
