package dev.skelly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.skelly.cli.Program;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A wrong setting is told of in one line that names the key, what was found and what is expected, and never shows a secret. */
class WrongSettingsTest {

    private static final int USAGE = 2;
    private static final String TIME = "(expected: a time such as 500ms, 15s, 10m, 2h, 14d)";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    private Path folder;

    private record Ended(int code, List<String> lines) {}

    private static Ended check(Map<String, String> environment, String... words) {
        var out = new StringWriter();
        var all = new ArrayList<>(List.of("config", "check"));
        all.addAll(List.of(words));
        var writer = new PrintWriter(out, true);
        var code = new Program(new Skelly(), environment, writer, writer).run(all.toArray(String[]::new));
        return new Ended(code, out.toString().lines().toList());
    }

    static Stream<Arguments> flags() {
        return Stream.of(
                arguments("--http.prot=1", "http.prot: unknown (expected: a known setting, perhaps http.port)"),
                arguments(
                        "--strem.heartbeat=1s",
                        "strem.heartbeat: unknown (expected: a known setting, perhaps stream.heartbeat)"),
                arguments("--http.port=many", "http.port: many (expected: a whole number)"),
                arguments("--http.port=", "http.port:  (expected: a whole number)"),
                arguments("--http.port=99999", "http.port: 99999 (expected: 0 to 65535)"),
                arguments(
                        "--http.port=99999999999999999999",
                        "http.port: 99999999999999999999 (expected: a whole number)"),
                arguments("--http.host=", "http.host: empty (expected: an address to listen on)"),
                arguments(
                        "--http.tls-key=key.pem",
                        "http.tls-key: set without its pair (expected: http.tls-certificate too)"),
                arguments("--stream.heartbeat=15", "stream.heartbeat: 15 " + TIME),
                arguments("--relay.stale=2sec", "relay.stale: 2sec " + TIME),
                arguments("--work.timeout=1 h", "work.timeout: 1 h " + TIME),
                arguments("--ratelimit.enabled=yes", "ratelimit.enabled: yes (expected: true or false)"),
                arguments("--log.level=loud", "log.level: loud (expected: one of trace, debug, info, warn, error)"),
                arguments("--roles=dance", "roles: dance (expected: one of http, stream, persistence, relay, work)"),
                arguments("--roles=", "roles: none (expected: some of http, persistence, relay, stream, work)"),
                arguments("--data.dir=", "data.dir: empty (expected: a folder)"),
                arguments("--db.url=mysql://x", "db.url: mysql://x (expected: postgresql://host:port/database)"),
                arguments(
                        "--admin.email=ada@example.org",
                        "admin.email, admin.password: only one (expected: both or none)"),
                arguments(
                        "--security.master-key=c2hvcnQ=",
                        "security.master-key: not shown (expected: base64 of 32 bytes, or several with commas)"),
                arguments(
                        "--http.proxies=banana",
                        "http.proxies: banana (expected: an IP address, or a network such as 10.0.0.0/8)"),
                arguments(
                        "--http.proxy-protocol=true",
                        "http.proxy-protocol: true (expected: http.proxies too, the addresses that may connect)"));
    }

    @ParameterizedTest
    @MethodSource("flags")
    void oneLineForEachFault(String flag, String line) {
        assertThat(check(Map.of(), flag)).isEqualTo(new Ended(USAGE, List.of(line)));
    }

    @Test
    void weakSecretsAreRefusedAndNotShown() {
        // When
        var ended = check(
                Map.of("SKELLY_SECURITY_MASTER_KEY", "hush-hush"), "--admin.email=nobody", "--admin.password=hush");

        // Then
        assertThat(ended.code()).isEqualTo(USAGE);
        assertThat(ended.lines())
                .containsExactlyInAnyOrder(
                        "security.master-key: not shown (expected: base64 of 32 bytes, or several with commas)",
                        "admin.email: nobody (expected: to be an e-mail address)",
                        "admin.password: not shown (expected: to have 8 to 256 characters)");
        assertThat(check(Map.of(), "--admin.email=ada@example.org", "--admin.password=password1")
                        .lines())
                .containsExactly("admin.password: not shown (expected: to not be one of the most used passwords)");
    }

    @Test
    void whatIsRightInARecordIsNotToldWithWhatIsWrong() {
        var ended = check(
                Map.of(), "--http.tls-certificate=a", "--http.tls-key=b", "--http.port=-1", "--http.idle-timeout=0s");
        assertThat(ended.lines())
                .containsExactly(
                        "http.port: -1 (expected: 0 to 65535)", "http.idle-timeout: PT0S (expected: more than 0)");
    }

    static Stream<Arguments> files() {
        return Stream.of(
                arguments("http:\n  port: 1\n  port: 2\n", "says something twice in line 3 (expected: each name once)"),
                arguments("- a\n", "holds no settings (expected: groups of them, as http: with port: below)"),
                arguments("hello", "holds no settings (expected: groups of them, as http: with port: below)"),
                arguments("http:\n\tport: 1\n", "cannot be read in line 1 (expected: YAML)"),
                arguments("http: [\n", "cannot be read in line 1 (expected: YAML)"),
                arguments("a: &x [*x]\n", "refers to another place in line 1 (expected: YAML without aliases)"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileThatIsNoneIsToldWithItsLine(String text, String fault) throws IOException {
        var file = Files.writeString(folder.resolve("skelly.yaml"), text);
        assertThat(check(Map.of(), "--config=" + file))
                .isEqualTo(new Ended(USAGE, List.of("config: " + file + " " + fault)));
    }

    @Test
    void anUnknownKeyOfAFileIsToldWithTheNearest() throws IOException {
        var file = Files.writeString(folder.resolve("skelly.yaml"), "http: 8080\nstream:\n  hartbeat: 1s\n");
        assertThat(check(Map.of(), "--config=" + file).lines())
                .containsExactly(
                        "http: unknown (expected: a known setting, perhaps http.host)",
                        "stream.hartbeat: unknown (expected: a known setting, perhaps stream.heartbeat)");
    }
}
