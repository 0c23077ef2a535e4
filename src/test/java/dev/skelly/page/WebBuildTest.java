package dev.skelly.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code scripts/build-web} asks for Node only where there is something to build. */
class WebBuildTest {

    private static final Path SCRIPT = Path.of("scripts/build-web");
    private static final String NEEDED = "; Skelly's build needs Node 20.19 or later with npm (https://nodejs.org)\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private record Ended(int code, String output) {}

    /** The script in a project that was never built. */
    private Path fresh() throws IOException {
        Files.createDirectories(folder.resolve("src/web/client"));
        Files.writeString(folder.resolve("src/web/client/package.json"), "{}");
        Files.writeString(folder.resolve("LICENSE"), "none");
        Files.createDirectories(folder.resolve("scripts"));
        return Files.copy(SCRIPT, folder.resolve(SCRIPT));
    }

    private Ended run(Path script, String node, String... arguments) throws IOException, InterruptedException {
        var programs = Files.createDirectories(folder.resolve("bin"));
        for (var program : List.of("node", "npm")) {
            var file = Files.writeString(programs.resolve(program), "#!/bin/sh\n" + node + "\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        var builder = new ProcessBuilder(script.toString()).redirectErrorStream(true);
        builder.command().addAll(List.of(arguments));
        builder.environment().merge("PATH", programs.toString(), (path, first) -> first + ":" + path);
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v20.18.3", "v18.20.8", "v8.0.0"})
    void refusesAnOldNode(String version) throws IOException, InterruptedException {
        assertThat(run(fresh(), "echo " + version))
                .isEqualTo(new Ended(1, "scripts/build-web: the node on the PATH is " + version + NEEDED));
    }

    @Test
    void saysThatNodeIsMissing() throws IOException, InterruptedException {
        assertThat(run(fresh(), "exit 127", "check"))
                .isEqualTo(new Ended(1, "scripts/build-web: there is no node on the PATH" + NEEDED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v20.19.0", "v22.1.0", "v100.0.0"})
    void takesANodeThatIsNewEnough(String version) throws IOException, InterruptedException {
        assertThat(run(fresh(), "echo " + version, "check")).isEqualTo(new Ended(0, ""));
    }

    @Test
    void needsNoNodeWhereNothingChanged() throws IOException, InterruptedException {
        assertThat(run(SCRIPT.toAbsolutePath(), "exit 127")).isEqualTo(new Ended(0, ""));
    }

    @Test
    void buildsAgainWhenASourceChanged() throws IOException, InterruptedException {
        // Given
        var script = fresh();
        Files.createDirectories(folder.resolve("target/web/served"));
        Files.writeString(folder.resolve("target/web/built"), Files.readString(Path.of("target/web/built")));

        // When
        var ended = run(script, "exit 127");

        // Then
        assertThat(ended.code()).isEqualTo(1);
    }
}
