package dev.skelly.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.PreparedRun;
import dev.skelly.testing.SkellyProcess;
import dev.skelly.testkit.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example of Next.js, built and served, before a node of the jar: its two people share a list, and one of them is the administrator. Its build
 * takes a minute of both cores, so only {@code scripts/torture examples} runs it.
 */
@EnabledIfSystemProperty(named = "skelly.torture", matches = "true")
class NextExampleIT {

    /** The component of the design document, "Frontend Event Subscription". */
    private static final String COMPONENT = """
            // In React component or hook
            useEffect(() => {
              const unsubscribe = eventStream.subscribe(EventType.USER_REGISTERED, (event) => {
                // Update UI, show notification, refresh data, etc.
                toast.success('New user registered!');
                queryClient.invalidateQueries(['users']);
              });

              return unsubscribe;
            }, []);
            """;

    private static final Path SOURCES = Path.of("src/web/examples/next");
    private static final Duration INIT_WITHIN = Duration.ofMinutes(1);
    private static final int LINES_MAX = 150;
    private static final int TEXT_MAX = 500;
    private static final Pattern READY = Pattern.compile("Ready in");
    private static final String ADMIN = "root@example.org";
    private static final String PASSWORD = "a sentence that is long enough";
    private static final String ITEMS =
            "[...document.querySelectorAll('#items li')].map(li => li.ariaBusy + ' ' + li.firstChild.textContent).join()";
    private static final String USERS = "[...document.querySelectorAll('#users li')].map(li => li.textContent).join()";
    private static final String HERE = "document.getElementById('here')?.textContent";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static SkellyProcess node;

    @SuppressWarnings("NullAway.Init")
    private static SkellyProcess next;

    @SuppressWarnings("NullAway.Init")
    private static String page;

    @BeforeAll
    static void serve() {
        var port = SkellyProcess.freePort();
        page = "http://127.0.0.1:" + port;
        try (var init = SkellyProcess.start(folder, "init", List.of("init"))) {
            assertThat(init.exitCode(INIT_WITHIN)).as(init.output()).isZero();
        }
        PreparedRun.fill(folder.resolve("skelly-data"));
        node = SkellyProcess.start(
                folder,
                "node",
                List.of(
                        "--http.port=0",
                        "--http.public-url=" + page,
                        "--admin.email=" + ADMIN,
                        "--admin.password=" + PASSWORD));
        var began = System.nanoTime();
        var project = ExampleProject.install("next", node.awaitReady(), "lib/events.ts");
        var installed = System.nanoTime();
        project.run("npm", "run", "build");
        var built = System.nanoTime();
        var command = List.of("node_modules/.bin/next", "start", "-H", "127.0.0.1", "-p", String.valueOf(port));
        next = project.start("next", Map.of(), command);
        next.awaitLine(READY);
        System.out.printf(
                "next: %.1f s to install, %.1f s to build%n", (installed - began) / 1e9, (built - installed) / 1e9);
    }

    @AfterAll
    static void stop() {
        next.close();
        node.close();
    }

    private static void until(Browser browser, String script) {
        await().alias(script).until(() -> browser.is(script));
    }

    /* A toast goes after four seconds, which a busy machine may need to look. */
    private static void rememberToasts(Browser browser) {
        browser.act("""
                window.toasts = new Set();
                new MutationObserver(() => document.querySelectorAll('[data-sonner-toast]').forEach(one => toasts.add(one.textContent)))
                  .observe(document.body, { childList: true, subtree: true });
                """);
    }

    private static void untilShown(Browser browser, String toast) {
        until(browser, "toasts.has('" + toast + "')");
    }

    private static void signIn(Browser browser, String email, boolean isNew) {
        browser.go(page);
        until(browser, "document.getElementById('sign-in')");
        browser.type("[name=email]", email);
        browser.type("[name=password]", PASSWORD);
        if (isNew) {
            browser.click("[name=new]");
        }
        browser.click("#sign-in button");
    }

    private static void untilLive(Browser browser) {
        until(browser, "__skelly.connection().state === 'live'");
        assertThat(browser.ask("__skelly.connection().transport").textValue()).isEqualTo("sse");
    }

    private static long ownLines() throws IOException {
        var lines = 0L;
        for (var folder : List.of("app", "lib", "next.config.ts")) {
            try (var files = Files.walk(SOURCES.resolve(folder))) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    lines += file.endsWith("events.ts")
                            ? 0
                            : Files.readString(file)
                                    .lines()
                                    .filter(line -> !line.isBlank())
                                    .count();
                }
            }
        }
        return lines;
    }

    @Test
    void hasTheComponentOfTheDesignAndFewLines() throws IOException {
        assertThat(Files.readString(SOURCES.resolve("app/users.tsx")))
                .contains(COMPONENT.indent(2).replaceAll("(?m) +$", ""));
        assertThat(ownLines()).isLessThan(LINES_MAX);
    }

    @Test
    void twoPeopleShareAListAndTheAdministratorSeesWhoSignsUp() {
        var began = System.nanoTime();
        var profile = TemporaryFolder.make("skelly-test-next");
        try (var root = Browser.open()) {
            var ada = Browser.another(profile);
            try {
                signsUp(root, ada);
                writes(root, ada);
                isRefused(root, ada);
                staysInStep(root, ada);
                ada.go("about:blank"); // A page says that it leaves.
                until(root, HERE + ".startsWith('1 here')");
            } finally {
                ada.end();
                TemporaryFolder.delete(profile);
            }
            assertThat(root.is("window.toasts")).as("not loaded again").isTrue();
        }
        System.out.printf("next: %.1f s in browsers%n", (System.nanoTime() - began) / 1e9);
        assertThat(next.output()).doesNotContainIgnoringCase("error", "failed", "warning");
    }

    /* The list of people changes by the event, without a reload. */
    private static void signsUp(Browser root, Browser ada) {
        signIn(root, ADMIN, false);
        until(root, USERS + " === '" + ADMIN + "'");
        untilLive(root);
        rememberToasts(root);

        signIn(ada, "ada@example.org", true);
        untilShown(root, "New user registered!");
        until(root, USERS + " === 'ada@example.org," + ADMIN + "'");
        until(ada, "document.getElementById('add')");
        untilLive(ada);
        assertThat(ada.is("document.getElementById('users')")).isFalse();
        until(root, HERE + ".startsWith('2 here') && " + HERE + ".endsWith('ada')");
    }

    /* A node that stands still cannot have confirmed what is shown. */
    private static void writes(Browser root, Browser ada) {
        node.freeze();
        try {
            ada.type("#add [name=text]", "Milk");
            ada.click("#add button");
            until(ada, ITEMS + " === 'true Milk'");
        } finally {
            node.thaw();
        }
        until(ada, ITEMS + " === 'false Milk'");
        until(root, ITEMS + " === 'false Milk'");
    }

    private static void isRefused(Browser root, Browser ada) {
        ada.act(
                "window.most = 0; new MutationObserver(() => most = Math.max(most, document.querySelectorAll('#items li').length))"
                        + ".observe(document.getElementById('items'), { childList: true })");
        rememberToasts(ada);
        ada.type("#add [name=text]", "x".repeat(TEXT_MAX + 1));
        ada.click("#add button");
        untilShown(ada, "text must have at most " + TEXT_MAX + " characters");
        until(ada, ITEMS + " === 'false Milk'");
        assertThat(ada.ask("most").intValue()).isEqualTo(2);
        assertThat(root.ask(ITEMS).textValue()).isEqualTo("false Milk");
    }

    /* A new tab has the session of the first one, and its connection. */
    private static void staysInStep(Browser root, Browser ada) {
        var first = root.tab();
        root.newTab();
        root.go(page);
        until(root, ITEMS + " === 'false Milk'");
        until(root, HERE + ".startsWith('2 here')");
        assertThat(root.is("__skelly.connection().leader")).isFalse();
        root.click("#items button");
        until(root, "document.querySelector('#items s')");
        until(ada, "document.querySelector('#items s')?.textContent === 'Milk'");
        root.front(first);
        until(root, "document.querySelector('#items s')?.textContent === 'Milk'");
    }
}
