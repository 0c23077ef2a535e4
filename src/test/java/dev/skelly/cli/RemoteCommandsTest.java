package dev.skelly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code doctor} and {@code load} ask nothing of a server before they know that they may. */
class RemoteCommandsTest {

    private final StringWriter err = new StringWriter();

    private int run(String... words) {
        var product = (NodeControl) Proxy.newProxyInstance(
                NodeControl.class.getClassLoader(), new Class<?>[] {NodeControl.class}, (self, method, arguments) -> {
                    throw new AssertionError("not asked for: " + method);
                });
        return new Program(product, Map.of(), new PrintWriter(new StringWriter()), new PrintWriter(err, true))
                .run(words);
    }

    @Test
    void refusesWhatIsNoUrlOfAServer() {
        for (var url :
                List.of("127.0.0.1:8080", "ftp://127.0.0.1", "http://127.0.0.1/path", "http://a:b@127.0.0.1", "")) {
            assertThat(run("doctor", url)).as(url).isEqualTo(Program.USAGE);
        }
        assertThat(run("doctor")).isEqualTo(Program.USAGE);
        assertThat(run("doctor", "http://127.0.0.1:1", "--idle=3m")).isEqualTo(Program.USAGE);
        assertThat(run("doctor", "http://127.0.0.1:1", "--idle=long")).isEqualTo(Program.USAGE);
        assertThat(err.toString()).contains("(expected: http://host:port or https://host)", "(expected: at most 2m)");
    }

    @Test
    void loadsNoOtherMachineUnlessTold(@TempDir Path folder) throws IOException {
        var token = Files.writeString(folder.resolve("token"), "t");

        assertThat(run("load", "http://192.0.2.1:8080", "--token-file=" + token))
                .isEqualTo(Program.USAGE);

        assertThat(err.toString()).contains("is not this machine (expected: a loopback address, or --another-machine)");
    }

    @Test
    void refusesLoadOutOfBoundsAndWithoutALogin(@TempDir Path folder) throws IOException {
        var token = "--token-file=" + Files.writeString(folder.resolve("token"), "t");
        var server = "http://127.0.0.1:1";

        for (var option : List.of("--connections=0", "--connections=20001", "--rate=0", "--for=11m", "--for=0s")) {
            assertThat(run("load", server, token, option)).as(option).isEqualTo(Program.USAGE);
        }
        assertThat(run("load", server)).isEqualTo(Program.USAGE);
        assertThat(run("load", server, "--email=a@b.c")).isEqualTo(Program.USAGE);
        assertThat(err.toString()).contains("login: missing");
    }
}
