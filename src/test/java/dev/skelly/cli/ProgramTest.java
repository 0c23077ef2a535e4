package dev.skelly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ProgramTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> asked = new ArrayList<>();
    private final Program program = new Program(
            new NodeControlRecorder(asked),
            Map.of("SKELLY_HTTP_PORT", "9090"),
            new PrintWriter(out, true),
            new PrintWriter(err, true));

    @Test
    void takesSettingsWhereverTheyStand() {
        // When
        var code = program.run("--http.host=0.0.0.0", "config", "--db.password=hush", "print");

        // Then
        assertThat(code).isZero();
        assertThat(out.toString().lines())
                .contains(
                        "http.host = 0.0.0.0  # flag",
                        "http.port = 9090  # environment",
                        "db.password = ******  # flag")
                .noneMatch(line -> line.contains("hush"));
    }

    @Test
    void saysEveryFaultOfTheSettingsOnALineOfItsOwn() {
        // When
        var code = program.run("config", "check", "--http.port=many", "--http.prot=1");

        // Then
        assertThat(code).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines())
                .containsExactly(
                        "http.port: many (expected: a whole number)",
                        "http.prot: unknown (expected: a known setting, perhaps http.port)");
    }

    @Test
    void refusesUnknownWords() {
        assertThat(program.run("dance")).isEqualTo(2);
        assertThat(program.run("--rolse=http")).isEqualTo(2);
        assertThat(program.run("user", "create", "--admin")).isEqualTo(2);
        assertThat(err.toString()).contains("dance", "--rolse=http", "--email");
    }

    @Test
    void everyCommandTellsWhatItDoes() {
        var seen = tellsWhatItDoes(program.commandLine(CommandLineArguments.sort()), List.of());
        assertThat(seen)
                .contains("", "serve", "config print", "keys rotate-master")
                .hasSizeGreaterThan(20);
        assertThat(asked).isEmpty();
    }

    /* Itself and all below it. */
    private List<String> tellsWhatItDoes(CommandLine line, List<String> words) {
        var said = out.getBuffer().length();
        var code =
                program.run(Stream.concat(words.stream(), Stream.of("--help")).toArray(String[]::new));
        assertThat(code).as("%s --help: %s", words, err).isZero();
        assertThat(out.toString().substring(said)).as("%s --help", words).startsWith("Usage: ");

        var seen = new ArrayList<>(List.of(String.join(" ", words)));
        line.getSubcommands().forEach((name, below) -> {
            var longer = new ArrayList<>(words);
            longer.add(name);
            seen.addAll(tellsWhatItDoes(below, longer));
        });
        return seen;
    }

    @Test
    void makesAUserWithThePasswordOfAFile(@TempDir Path folder) throws IOException {
        // Given
        var file = Files.writeString(folder.resolve("password"), "correct horse\n");

        // When
        var code = program.run(
                "user", "create", "--admin", "--email", "ada@example.org", "--password-file", file.toString());

        // Then
        assertThat(code).isZero();
        assertThat(asked).containsExactly("ada@example.org correct horse true");
        assertThat(out.toString()).isEqualTo(new UUID(0, 1) + System.lineSeparator());
    }

    @Test
    void explainsAFailureWithoutAStack() {
        // When
        var code = program.run("migrate");

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(err.toString().lines()).containsExactly("skelly: no database", "  because: connection refused");
    }

    @Test
    void asksWhetherANodeIsReady() throws IOException {
        // Given
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var statuses = new ArrayList<>(List.of(200, 503));
        server.createContext("/health/ready", exchange -> {
            exchange.sendResponseHeaders(statuses.remove(0), -1);
            exchange.close();
        });
        server.start();
        var port = server.getAddress().getPort();

        // When
        var ready = program.run("health", "--http.port=" + port);
        var unready = program.run("health", "--url", "http://127.0.0.1:" + port + "/");
        server.stop(0);
        var gone = program.run("health", "--http.port=" + port);

        // Then
        assertThat(List.of(ready, unready, gone)).containsExactly(0, 3, 3);
    }

    @Test
    void listsEverybodyPageByPageAndAsJson() {
        // When
        var plain = program.run("user", "list");
        var some = program.run("user", "list", "--limit=2", "--json");

        // Then
        assertThat(List.of(plain, some)).containsExactly(0, 0);
        var lines = out.toString().lines().toList();
        assertThat(lines).hasSize(Guests.ALL + 2);
        assertThat(lines.get(0))
                .isEqualTo(new UUID(0, Guests.ALL) + "  guest" + Guests.ALL + "@example.org  user  unverified");
        assertThat(lines.get(Guests.ALL))
                .isEqualTo("{\"id\":\"" + new UUID(0, Guests.ALL) + "\",\"email\":\"guest" + Guests.ALL
                        + "@example.org\",\"roles\":[\"user\"],\"verified\":false,\"disabled\":false}");
    }

    @Test
    void erasesOnlyWhenItIsMeant() {
        assertThat(program.run("user", "erase", "guest1@example.org")).isEqualTo(2);
        assertThat(asked).isEmpty();
        assertThat(program.run("user", "erase", "guest1@example.org", "--yes")).isZero();
        assertThat(asked).containsExactly("erase " + new UUID(0, 1));
    }

    @Test
    void saysWhatThePersonIsToOpenAndWhatAScriptIsToSend() {
        assertThat(program.run(
                        "user", "password-reset", "guest1@example.org", "--http.public-url=https://app.example.org/"))
                .isZero();
        assertThat(program.run("token", "create", "--user=guest1@example.org", "--seconds=60"))
                .isZero();
        assertThat(program.run("keys", "list")).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "https://app.example.org/#reset-password=secret",
                        "a.b.c",
                        "k1  signs from 2026-11-23T12:00:00Z");
        assertThat(asked).containsExactly("token PT1M");
    }

    @Test
    void saysItsVersion() {
        assertThat(program.run("version")).isZero();
        assertThat(program.run("--version")).isZero();
        assertThat(out.toString().lines()).hasSize(2).allMatch(line -> line.startsWith("skelly "));
    }

    @Test
    void saysHowManyKeysWereSealedAnew() {
        assertThat(program.run("keys", "rotate-master")).isZero();
        assertThat(out.toString()).contains("keys sealed anew: 3");
    }

    @Test
    void saysWhereTheLogIsBrokenAndFails() {
        assertThat(program.run("log", "verify")).isEqualTo(1);
        assertThat(program.run("log", "verify", "--from", "2", "--to=6", "--seal", "seals"))
                .isZero();
        assertThat(program.run("log", "verify", "--from=0")).isEqualTo(2);

        assertThat(asked).containsExactly("1 true false", "2 false true");
        assertThat(out.toString().lines()).contains("broken: position 7 is missing");
    }
}
