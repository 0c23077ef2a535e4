package dev.skelly.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.JavaScript;
import dev.skelly.testing.SkellyProcess;
import dev.skelly.testing.WholeNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The npm package of the client as others get it: packed, installed in a strict project, judged by programs of others. */
class ClientPackageIT {

    private static final Path PACKAGE = Path.of("target/web/client").toAbsolutePath();
    private static final Path PROJECT = JavaScript.folder().resolve("client-project");
    private static final String COMMAND = PROJECT + "/node_modules/.bin/skelly-client";
    private static final int WRONG_ANSWER = 1;
    private static final int WRONG_USAGE = 2;

    @SuppressWarnings("NullAway.Init")
    private static WholeNode node;

    @SuppressWarnings("NullAway.Init")
    private static List<String> packed;

    @BeforeAll
    static void install() throws IOException {
        node = WholeNode.start(Map.of());
        var ended = JavaScript.run("client-project.mjs", PACKAGE.toString(), "client-used", PROJECT.toString());
        assertThat(ended.code()).as(ended.output()).isZero();
        packed = ended.output().lines().toList();
        Files.writeString(PROJECT.resolve("events.ts"), types(node.url()).output());
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static JavaScript.Ended types(String url) {
        return JavaScript.run(COMMAND, "types", url);
    }

    private static String tarball() {
        return PROJECT.resolve(packed.get(0)).toString();
    }

    @Test
    void holdsWhatItsUsersNeedAndNoSources() {
        assertThat(packed)
                .contains("LICENSE", "bin/skelly-client.js", "dist/index.d.ts", "dist/index.js", "dist/index.js.map")
                .noneMatch(file -> file.startsWith("src") || file.startsWith("node_modules"));
    }

    /* Without it, a server that renders components refuses the hooks. */
    @Test
    void marksTheHooksAsCodeOfTheBrowser() throws IOException {
        assertThat(Files.readString(PACKAGE.resolve("dist/react.js"))).startsWith("\"use client\";");
    }

    @Test
    void hasTheVersionOfTheServer() throws IOException {
        var version = Pattern.compile("<artifactId>skelly</artifactId>\\s*<version>([^<]+)</version>")
                .matcher(Files.readString(Path.of("pom.xml")));

        assertThat(version.find()).isTrue();
        assertThat(packed).first().isEqualTo("skelly-client-" + version.group(1) + ".tgz");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bundler", "node16"})
    void compilesInAStrictProject(String resolution) {
        var ended = JavaScript.run(
                "node_modules/typescript/bin/tsc", "--project", PROJECT + "/tsconfig-" + resolution + ".json");
        assertThat(ended.code()).as(ended.output()).isZero();
    }

    @Test
    void publintFindsNothing() {
        var ended = JavaScript.run("node_modules/publint/src/cli.js", tarball(), "--strict");
        assertThat(ended.code()).as(ended.output()).isZero();
        assertThat(ended.output()).contains("All good!");
    }

    @Test
    void typesAreRightForEveryWayToResolveThem() {
        var ended = JavaScript.run(
                "node_modules/@arethetypeswrong/cli/dist/index.js", tarball(), "--profile", "esm-only", "--no-emoji");
        assertThat(ended.code()).as(ended.output()).isZero();
        assertThat(ended.output()).contains("@skelly/client/react");
    }

    @Test
    void commandPrintsTheTypesOfAServer() {
        var document = node.get("/types.ts").body();

        assertThat(types(node.url())).isEqualTo(new JavaScript.Ended(0, document));
        assertThat(types(node.url() + "/")).isEqualTo(new JavaScript.Ended(0, document));
    }

    @Test
    void commandSaysInOneLineWhyThereAreNone() {
        var missing = node.url() + "/elsewhere";
        var silent = "http://127.0.0.1:" + SkellyProcess.freePort();

        assertThat(types(missing))
                .isEqualTo(new JavaScript.Ended(
                        WRONG_ANSWER, "skelly-client: " + missing + "/types.ts answers 404 Not Found\n"));
        assertThat(types(silent).code()).isEqualTo(WRONG_ANSWER);
        assertThat(types(silent).output())
                .startsWith("skelly-client: cannot read " + silent + "/types.ts: ")
                .contains("ECONNREFUSED")
                .hasLineCount(1);
    }

    @Test
    void commandExplainsItsUsage() {
        assertThat(JavaScript.run(COMMAND, "--help").code()).isZero();
        assertThat(JavaScript.run(COMMAND, "--help").output()).startsWith("Usage: skelly-client types URL\n");
        assertThat(JavaScript.run(COMMAND).code()).isEqualTo(WRONG_USAGE);
        assertThat(types("127.0.0.1").code()).isEqualTo(WRONG_USAGE);
        assertThat(types("ftp://127.0.0.1").output())
                .isEqualTo("skelly-client: not the address of a server: ftp://127.0.0.1"
                        + " (expected: http://HOST:PORT or https://HOST)\n");
    }
}
