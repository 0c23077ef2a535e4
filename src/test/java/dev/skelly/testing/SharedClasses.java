package dev.skelly.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * What makes the many short runs of the jar in the suite cheap: its classes as one run left them in memory (class data sharing), and no
 * second compiler. A start then costs two thirds of the work. The torture runs the jar as its users do.
 */
final class SharedClasses {

    private static final String ARCHIVE = "skelly.jsa";

    private SharedClasses() {}

    /** Flags for the Java that runs the tests; makes the archive first where it is missing or older than the jar. */
    static List<String> flags() {
        if (Torture.ON) {
            return List.of();
        }
        return List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:SharedArchiveFile=" + archive(),
                "-Xlog:cds=off",
                "-Xlog:cds+dynamic=off");
    }

    private static Path archive() {
        var jar = SkellyProcess.jar();
        var archive = jar.resolveSibling(ARCHIVE);
        var lock = jar.resolveSibling(ARCHIVE + ".lock");
        try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = channel.lock()) { // Tests run in two processes.
            if (held.isValid() && !isNewer(archive, jar)) {
                record(archive);
            }
            return archive;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isNewer(Path archive, Path jar) throws IOException {
        return Files.exists(archive)
                && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) >= 0;
    }

    private static void record(Path archive) throws IOException {
        var aside = archive.resolveSibling(ARCHIVE + ".new");
        var folder = TemporaryFolder.make("skelly-shared-classes");
        var flags = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:ArchiveClassesAtExit=" + aside);
        try (var run = SkellyProcess.start(flags, folder, "record", List.of("--http.port=0"))) {
            run.awaitReady();
            run.terminate();
            run.exitCode(Waiting.LIMIT);
        }
        Files.move(aside, archive, StandardCopyOption.ATOMIC_MOVE);
        TemporaryFolder.delete(folder);
    }
}
