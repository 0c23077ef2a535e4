package dev.skelly.testing;

import dev.skelly.testkit.TemporaryFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What one run of the jar leaves to the many short ones of the suite: its classes as they lay in memory (class data sharing), and a data folder
 * with a database and a broker that are empty. A start then costs half the work. The torture runs the jar as its users do.
 */
public final class PreparedRun {

    /* No second compiler; a cluster's second member is let in at once, not after five seconds. */
    private static final List<String> QUICK =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dhazelcast.wait.seconds.before.join=0");

    private PreparedRun() {}

    /** Flags for a Java: the archive is for the one that runs the tests. */
    public static List<String> flags(Path java) {
        if (Torture.ON) {
            return List.of();
        }
        return java.equals(SkellyProcess.java()) ? flags() : QUICK;
    }

    /** Flags for the Java that runs the tests. */
    public static List<String> flags() {
        if (Torture.ON) {
            return List.of();
        }
        var archive = "-XX:SharedArchiveFile=" + made().resolve("classes.jsa");
        return Stream.concat(QUICK.stream(), Stream.of(archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off"))
                .toList();
    }

    /**
     * Fills a data folder as {@code skelly services} leaves a new one; for tests that are not about making databases.
     *
     * @param folder not there yet
     */
    public static void fill(Path folder) {
        if (!Torture.ON) {
            copy(made().resolve("data"), folder);
        }
    }

    private static void copy(Path from, Path to) {
        try {
            var copy = new ProcessBuilder("cp", "-a", from.toString(), to.toString())
                    .inheritIO()
                    .start();
            if (copy.waitFor() != 0) {
                throw new IllegalStateException("cannot copy to " + to);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /* Made anew when the jar is newer. Tests run in several processes, of which one makes it and the others wait. */
    private static Path made() {
        var jar = SkellyProcess.jar();
        var folder = jar.resolveSibling("prepared-run");
        var lock = jar.resolveSibling("prepared-run.lock");
        try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = channel.lock()) {
            if (held.isValid() && !isNewer(folder, jar)) {
                TemporaryFolder.delete(folder);
                make(folder);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isNewer(Path folder, Path jar) throws IOException {
        return Files.exists(folder) && Files.getLastModifiedTime(folder).compareTo(Files.getLastModifiedTime(jar)) >= 0;
    }

    private static void make(Path folder) throws IOException {
        var aside = Files.createDirectories(folder.resolveSibling("prepared-run.new"));
        TemporaryFolder.delete(aside);
        Files.createDirectory(aside);
        var archive = "-XX:ArchiveClassesAtExit=" + aside.resolve("classes.jsa");
        var flags = Stream.concat(QUICK.stream(), Stream.of(archive)).toList();
        var data = "--data.dir=" + aside.resolve("data");
        try (var services = SkellyProcess.start(QUICK, aside, "services", List.of("services", data))) {
            services.awaitLine(Pattern.compile("(?m)^skelly services ready$"));
            services.terminate();
            services.exitCode(Waiting.LIMIT);
        }
        copy(aside.resolve("data"), aside.resolve("used"));
        var used = List.of("--http.port=0", "--data.dir=" + aside.resolve("used"));
        try (var node = SkellyProcess.start(flags, aside, "node", used)) {
            node.awaitReady();
            node.terminate();
            node.exitCode(Waiting.LIMIT);
        }
        TemporaryFolder.delete(aside.resolve("used"));
        Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
    }
}
