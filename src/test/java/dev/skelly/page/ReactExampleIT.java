package dev.skelly.page;

import static dev.skelly.page.ReactExample.texts;
import static dev.skelly.page.ReactExample.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testkit.TemporaryFolder;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The React example, built and served as in production, as people use it. */
@EnabledIfSystemProperty(
        named = "skelly.torture",
        matches = "true") // scripts/torture examples: it installs and builds for a minute.
class ReactExampleIT {

    private static final String ROWS = "[...document.querySelectorAll('ul[aria-label=Items] li')]";
    private static final String TOASTS =
            "[...document.querySelectorAll('[data-sonner-toast]')].map(one => one.textContent)";

    /* Says of each state that the list was in whether the rows with a text were pending. */
    private static final String RECORD = """
            window.states = text => recorded.map(rows => rows.filter(row => row[0] === text).map(row => row[1]).join()).filter((s, n, all) => s !== all[n - 1]);
            window.recorded = [[]];
            new MutationObserver(() => recorded.push(%s.map(row => [row.querySelector('button').textContent, row.className])))
              .observe(document.querySelector('ul[aria-label=Items]'), {subtree: true, childList: true, attributes: true, characterData: true})
            """.formatted(ROWS);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static ReactExample example;

    private static String page = "";

    @SuppressWarnings("NullAway.Init")
    private Browser ada;

    @BeforeAll
    static void start() {
        example = ReactExample.start(folder);
        page = example.page();
    }

    @AfterAll
    static void stop() {
        example.close();
    }

    @BeforeEach
    void open() {
        ada = Browser.open();
        ada.go(page);
    }

    @AfterEach
    void close() {
        ada.close();
    }

    private static String row(String text) {
        return ROWS + ".find(row => row.querySelector('button').textContent === '" + text + "')";
    }

    private static String confirmed(String text) {
        return row(text) + "?.className === ''";
    }

    private static void signIn(Browser browser) {
        browser.go(page);
        until(browser, "document.querySelector('.sign-in')");
        browser.type("#email", ReactExample.ADMINISTRATOR);
        browser.type("#password", ExampleNode.PASSWORD);
        browser.click(".sign-in button:not([type])");
        until(browser, "document.querySelector('.add')");
    }

    private void signUp(String email) {
        ReactExample.signUp(ada, email);
        until(ada, "document.querySelector('.add')");
    }

    private static void add(Browser browser, String text) {
        browser.type("[name=text]", text);
        browser.click(".add button");
    }

    /** Another person in a browser of their own, for the time of a test. */
    private interface Visit {
        void by(Browser grace);
    }

    private static void visit(Visit visit) {
        var profile = TemporaryFolder.make("skelly-test-colleague");
        var grace = Browser.another(profile);
        try {
            signIn(grace);
            visit.by(grace);
        } finally {
            grace.end();
            TemporaryFolder.delete(profile);
        }
    }

    @Test
    void theFormShowsTheFaultsOfAllFields() {
        until(ada, "document.querySelector('.sign-in')");
        ada.click(".sign-in .link");
        ada.type("#email", "ada");
        ada.click(".sign-in button:not([type])");
        until(ada, "document.querySelector('[role=alert]').textContent");

        assertThat(
                        texts(
                                ada,
                                "['name', 'email', 'password'].map(field => document.getElementById(field + '-faults').textContent)"))
                .containsExactly(
                        "must have at least 1 characters",
                        "must be an e-mail address",
                        "must have at least 8 characters");
        assertThat(ada.ask("document.getElementById('email').value").textValue())
                .isEqualTo("ada");
    }

    @Test
    void aNewPersonIsWelcomedOnceAndTheAdministratorHearsOfIt() {
        visit(grace -> {
            until(grace, "__skelly.subscriptions().every(one => one.live)");
            signUp("welcomed@example.org");
            until(ada, TOASTS + ".join() === 'Welcome, Ada!'");
            until(grace, TOASTS + ".includes('Ada signed up.')");
        });
        ada.go(page);
        until(ada, "performance.getEntriesByType('resource').some(({name}) => /registered.*after=/.test(name))");

        assertThat(texts(ada, TOASTS)).isEmpty();
    }

    @Test
    void anItemIsShownAtOnceThenConfirmedInAllTabs() {
        signUp("adds@example.org");
        ada.act(RECORD);
        add(ada, "Milk");
        until(ada, confirmed("Milk"));
        assertThat(texts(ada, "states('Milk')")).containsExactly("", "pending", "");
        var first = ada.tab();
        ada.newTab();
        ada.go(page);
        until(ada, confirmed("Milk"));
        ada.act(row("Milk") + ".querySelector('button').click()");
        ada.front(first);

        until(ada, row("Milk") + ".querySelector('[aria-pressed=true]')");
    }

    @Test
    void aRefusedItemGoesAndTheServersReasonIsShown() {
        signUp("refused@example.org");
        ada.act(RECORD);
        var text = "x".repeat(501);
        add(ada, text);
        until(
                ada,
                "document.querySelector('[role=alert]').textContent === 'Refused: must have at most 500 characters'");
        until(ada, "!" + row(text));

        assertThat(texts(
                        ada,
                        "recorded.map(rows => rows.filter(row => row[0].length === 501).map(row => row[1]).join())"))
                .contains("pending");
        assertThat(ada.ask("document.querySelector('[name=text]').value").textValue())
                .isEqualTo(text);
    }

    @Test
    void colleaguesAreSeenWhileTheyAreThereAndType() {
        var people =
                "[...document.querySelectorAll('[aria-label=\"People here\"] li')].map(one => one.textContent).sort().join()";
        var typing = "document.querySelector('.colleagues [role=status]').textContent";
        signUp("colleague@example.org");
        visit(grace -> {
            until(ada, people + " === 'Ada,Grace'");
            until(grace, people + " === 'Ada,Grace'");
            grace.type("[name=text]", "Br");
            until(ada, typing + " === 'Grace is typing…'");
            until(ada, typing + " === ''");
            // From now on it vanishes by the item alone.
            ada.act("const real = setTimeout;"
                    + " window.setTimeout = (run, ms, ...more) => ms === 4000 ? 0 : real(run, ms, ...more)");
            grace.type("[name=text]", "ea");
            until(ada, typing + " === 'Grace is typing…'");
            add(grace, "d");
            until(ada, confirmed("Bread"));
            until(ada, typing + " === ''");
            grace.go("about:blank");
            until(ada, people + " === 'Ada'");
        });
    }

    @Test
    void whatIsAddedOfflineIsSentWhenTheNetworkIsBack() {
        signUp("offline@example.org");
        visit(grace -> {
            ada.offline(true);
            until(ada, "document.querySelector('.connection').textContent.startsWith('You are offline.')");
            add(ada, "Eggs");
            until(ada, row("Eggs") + "?.className === 'pending'");
            ada.offline(false);
            until(ada, confirmed("Eggs"));
            until(grace, confirmed("Eggs"));
            until(ada, "!document.querySelector('.connection').textContent");
        });
    }
}
