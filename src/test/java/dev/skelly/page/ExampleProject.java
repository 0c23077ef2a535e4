package dev.skelly.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.testing.SkellyProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A copy of an example of {@code src/web/examples}, with what it uses installed, made as its README says it. The libraries have the versions of the
 * lock file; the client and the types of the events come from a node.
 */
final class ExampleProject {

    private static final Path SOURCES = Path.of("src/web/examples");
    private static final Path COPIES = Path.of("target/examples");
    private static final long MINUTES_MAX = 5;

    private final Path folder;
    private final Map<String, String> environment;

    private ExampleProject(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /**
     * Installs an example.
     *
     * @param types the file for the types of the events, such as {@code src/events.ts}
     */
    static ExampleProject install(String name, URI node, String types) {
        var source = SOURCES.resolve(name);
        var folder = COPIES.resolve(name).toAbsolutePath();
        var project = new ExampleProject(
                folder, Map.of("SKELLY_URL", node.toString(), "NEXT_TELEMETRY_DISABLED", "1", "NO_COLOR", "1"));
        run(Path.of("").toAbsolutePath(), List.of("scripts/npm-ci", source.toString(), folder.toString()), Map.of());
        copy(source, folder);
        project.run("npm", "install", "--no-save", "--prefer-offline", node + "/client.tgz");
        var written = project.run("node_modules/.bin/skelly-client", "types", node.toString());
        try {
            Files.writeString(folder.resolve(types), written);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return project;
    }

    private static void copy(Path source, Path folder) {
        try (Stream<Path> files = Files.walk(source)) {
            for (var file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("/node_modules/"))
                    .toList()) {
                var copy = folder.resolve(source.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it is. */
    Path folder() {
        return folder;
    }

    /** Runs a program in the project to its end; what it printed. */
    @CanIgnoreReturnValue // Fails on a bad end.
    String run(String... command) {
        return run(folder, List.of(command), environment);
    }

    /** Starts a program in the project that the test ends. Its output goes to {@code name.log}. */
    SkellyProcess start(String name, Map<String, String> more, List<String> command) {
        var all = new HashMap<>(environment);
        all.putAll(more);
        return SkellyProcess.program(command, folder, name, all);
    }

    @CanIgnoreReturnValue
    private static String run(Path folder, List<String> command, Map<String, String> environment) {
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            var process = builder.start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(MINUTES_MAX, TimeUnit.MINUTES))
                    .as("%s ends: %s", command, output)
                    .isTrue();
            assertThat(process.exitValue()).as("%s: %s", command, output).isZero();
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
