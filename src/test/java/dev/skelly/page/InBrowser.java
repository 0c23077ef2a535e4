package dev.skelly.page;

import static org.awaitility.Awaitility.await;

import dev.skelly.config.Settings;
import dev.skelly.node.Node;
import dev.skelly.node.NodeConfig;
import dev.skelly.testing.SkellyProcess;
import dev.skelly.testing.TestBroker;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A whole node and a browser that shows its page. */
abstract class InBrowser {

    static final String MAIL = "ada@example.org";
    static final String PASSWORD = "a sentence that is long enough";

    final TestDatabase database = TestDatabase.complete();
    final TestBroker broker = TestBroker.start();
    final int port = SkellyProcess.freePort();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path folder;

    @SuppressWarnings("NullAway.Init")
    Node node;

    @SuppressWarnings("NullAway.Init")
    Browser browser;

    @BeforeEach
    void start() throws IOException {
        startNode();
        browser = Browser.open();
    }

    @AfterEach
    void stop() {
        browser.close();
        Waiting.on(node.stop());
        broker.close();
        database.close();
    }

    /** Returns settings of the node beyond the usual ones; the folder exists. */
    Map<String, String> settings() {
        return Map.of();
    }

    final void startNode() throws IOException {
        var flags = new HashMap<>(Map.of(
                "http.port",
                String.valueOf(port),
                "data.dir",
                folder.resolve("data").toString()));
        var at = database.address();
        flags.put("db.url", "postgresql://127.0.0.1:" + at.port() + "/" + at.database());
        flags.put("security.unsealed-keys", "true");
        flags.put("db.user", at.user());
        flags.put("db.password", at.password());
        flags.put("broker.url", "amqp://127.0.0.1:" + broker.address().port());
        flags.put("broker.user", broker.address().user());
        flags.put("broker.password", broker.address().password());
        flags.put("shutdown.notice", "0s"); // Nobody asks whether it still listens.
        flags.put("system.metrics", "false"); // Tests know what is in the log.
        flags.putAll(settings());
        var settings = Settings.load(flags, Map.of(), Files.writeString(folder.resolve("empty.yaml"), ""));
        var config = NodeConfig.read(settings);
        settings.check();
        node = Waiting.on(Node.start(config, why -> {}));
    }

    final void until(String script) {
        await().until(() -> browser.is(script));
    }

    final void register() {
        browser.go(node.url());
        until("!document.getElementById('welcome').hidden");
        browser.click("#tab-register");
        browser.type("#register-email", MAIL);
        browser.type("#register-password", PASSWORD);
        browser.click("#panel-register button[type=submit]");
        until("document.querySelectorAll('.event').length >= 3");
    }
}
