package dev.skelly.page;

import static org.awaitility.Awaitility.await;

import dev.skelly.testing.SkellyProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The React example before a node of its own: built once for all tests of this JVM, and served as in production. */
final class ReactExample implements AutoCloseable {

    static final String ADMINISTRATOR = "grace@example.org";

    private static @Nullable ExampleProject built; // Guarded by the class.

    private final ExampleNode node;
    private final SkellyProcess preview;
    private final String page;

    private ReactExample(ExampleNode node, SkellyProcess preview, String page) {
        this.node = node;
        this.preview = preview;
        this.page = page;
    }

    static ReactExample start(Path folder) {
        var node = ExampleNode.start(folder);
        node.makeAdministrator(ADMINISTRATOR, "Grace");
        var port = String.valueOf(SkellyProcess.freePort());
        var vite = List.of("node_modules/.bin/vite", "preview", "--port", port, "--strictPort", "--host", "127.0.0.1");
        var environment = Map.of("SKELLY_URL", node.url().toString());
        var preview = project(node).start(folder.resolve("preview").toString(), environment, vite);
        preview.awaitLine(Pattern.compile("Local:"));
        return new ReactExample(node, preview, "http://127.0.0.1:" + port + "/");
    }

    private static synchronized ExampleProject project(ExampleNode node) {
        var project = built;
        if (project == null) {
            project = ExampleProject.install("react", node.url(), "src/events.ts");
            project.run("npm", "run", "build");
            built = project;
        }
        return project;
    }

    ExampleNode node() {
        return node;
    }

    /** Its URL. */
    String page() {
        return page;
    }

    /** Creates an account on the page that the browser shows; returns when that is live. */
    static void signUp(Browser browser, String email) {
        until(browser, "document.querySelector('.sign-in')");
        browser.click(".sign-in .link");
        browser.type("#name", "Ada");
        browser.type("#email", email);
        browser.type("#password", ExampleNode.PASSWORD);
        browser.click(".sign-in button:not([type])");
        until(browser, "document.querySelector('header') && __skelly.subscriptions().every(one => one.live)");
    }

    static void until(Browser browser, String script) {
        await().until(() -> browser.is(script));
    }

    static List<String> texts(Browser browser, String script) {
        return StreamSupport.stream(browser.ask(script).spliterator(), false)
                .map(one -> one.asText())
                .toList();
    }

    @Override
    public void close() {
        preview.close();
        node.close();
    }
}
