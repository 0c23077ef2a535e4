package dev.skelly.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.testing.PreparedRun;
import dev.skelly.testing.SkellyProcess;
import dev.skelly.testing.Torture;
import dev.skelly.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar skelly.jar} in an empty folder is all it takes. */
class JarIT {

    private static final Duration END_WITHIN = Waiting.LIMIT;
    private static final Duration SECOND_START_MAX = Duration.ofSeconds(4);

    @Test
    void startsInAnEmptyFolderFasterOverItsOwnDataAndOverThoseOfAKilledRun(
            @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        var port = "--embedded.database-port=" + SkellyProcess.freePort(); // The left one still listens there.
        var first = startAndEnd(SkellyProcess.java(), folder, "first", port);
        var began = System.nanoTime();
        try (var killed = start(SkellyProcess.java(), folder, "second", port)) {
            killed.awaitReady();
            var second = Duration.ofNanos(System.nanoTime() - began);
            killed.kill();
            startAndEnd(SkellyProcess.java(), folder, "third", port);

            System.out.println("{\"test\":\"jar\",\"firstStartMs\":" + first.toMillis() + ",\"secondStartMs\":"
                    + second.toMillis() + "}");
            assertThat(folder.resolve("skelly-data")).isDirectory();
            Torture.promise("second start", second, SECOND_START_MAX);
        }
    }

    @Test
    void runsOnJava25OverDataThatWereThereBefore(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder)
            throws Exception {
        var java = java25();
        Assumptions.assumeTrue(java.isPresent(), "no JDK 25 (set SKELLY_JDK25 to one)");

        PreparedRun.fill(folder.resolve("skelly-data"));
        if (Torture.ON) { // There nothing is prepared.
            startAndEnd(java.orElseThrow(), folder, "java25-first");
        }
        startAndEnd(java.orElseThrow(), folder, "java25");

        assertThat(Files.readString(folder.resolve("java25.log"))).doesNotContain(" ERROR ");
    }

    private static SkellyProcess start(Path java, Path folder, String name, String... more) {
        var arguments =
                Stream.concat(Stream.of("--http.port=0"), Stream.of(more)).toList();
        return SkellyProcess.start(java, folder, name, arguments, Map.of());
    }

    @CanIgnoreReturnValue // not every test asks how long it took
    private static Duration startAndEnd(Path java, Path folder, String name, String... more) throws IOException {
        var began = System.nanoTime();
        try (var skelly = start(java, folder, name, more)) {
            var url = skelly.awaitReady();
            var took = Duration.ofNanos(System.nanoTime() - began);
            var answer = new Api(List.of(url)).get(url, "/health/ready");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            skelly.terminate();
            assertThat(skelly.exitCode(END_WITHIN)).isZero();
            return took;
        }
    }

    private static Optional<Path> java25() {
        var named = System.getenv("SKELLY_JDK25");
        if (named != null) {
            return Optional.of(Path.of(named, "bin", "java"));
        }
        var home = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(home)) {
            return Optional.empty();
        }
        try (var jdks = Files.list(home)) {
            return jdks.filter(jdk -> jdk.getFileName().toString().contains("25"))
                    .map(jdk -> jdk.resolve("bin/java"))
                    .filter(Files::isExecutable)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
