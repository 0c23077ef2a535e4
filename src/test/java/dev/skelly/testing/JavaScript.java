package dev.skelly.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Programs for Node that judge what Skelly says. They lie in {@code src/test/node}, with exact versions of all they use; they run in
 * {@code target/node}, where {@code npm ci} has put those.
 */
public final class JavaScript {

    private static final Path SOURCES = Path.of("src/test/node");
    private static final Path FOLDER = Path.of("target/node");
    private static final long INSTALL_MINUTES_MAX = 5;
    private static final String WITHOUT_NODE =
            "Node 20.19 or later and npm are needed to check what Skelly says of itself, and are not on the PATH: install them and run"
                    + " scripts/test again";

    private JavaScript() {}

    /** What a program ended with, and all it printed. */
    public record Ended(int code, String output) {}

    /** The folder in which programs run. */
    public static Path folder() {
        return FOLDER.toAbsolutePath();
    }

    /** Runs {@code node arguments…} to its end. */
    public static synchronized Ended run(String... arguments) {
        install();
        var command = new ArrayList<>(List.of("node"));
        command.addAll(List.of(arguments));
        return process(command, 2);
    }

    private static void install() {
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            var stale = !installed();
            for (var source : sources.filter(Files::isRegularFile).toList()) {
                var copy = FOLDER.resolve(SOURCES.relativize(source));
                Files.createDirectories(copy.getParent());
                Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING);
            }
            if (stale) {
                var ended = process(List.of("npm", "ci"), INSTALL_MINUTES_MAX);
                if (ended.code() != 0) {
                    throw new AssertionError("npm ci in target/node failed:\n" + ended.output());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean installed() throws IOException {
        var lock = FOLDER.resolve("package-lock.json");
        return Files.exists(FOLDER.resolve("node_modules/.package-lock.json"))
                && Files.exists(lock)
                && Files.mismatch(lock, SOURCES.resolve("package-lock.json")) < 0;
    }

    private static Ended process(List<String> command, long minutes) {
        var builder = new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true);
        builder.environment().put("REDOCLY_TELEMETRY", "off");
        builder.environment().put("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
        builder.environment().put("NO_COLOR", "1");
        try {
            var process = builder.start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError(command + " does not end\n" + output);
            }
            return new Ended(process.exitValue(), output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (IOException e) {
            throw new AssertionError(WITHOUT_NODE, e);
        }
    }
}
