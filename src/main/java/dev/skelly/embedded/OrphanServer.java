package dev.skelly.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL that a killed Skelly left behind: it still holds the data, so it is stopped before a new one starts. Blocks.
 *
 * <p>{@code postmaster.pid} alone proves nothing, as its number may by now be another program's; the process must be a
 * {@code postgres} whose command line names this very data folder.
 */
final class OrphanServer {

    private static final Logger LOGGER = LoggerFactory.getLogger(OrphanServer.class);

    private OrphanServer() {}

    /**
     * Stops what still runs on {@code data} and removes the mark of what does not.
     *
     * @param limit for a clean stop, after which it is made to quit
     */
    static void stop(Path data, Duration limit) {
        var mark = data.resolve("postmaster.pid");
        try {
            if (!Files.exists(mark)) {
                return;
            }
            var orphan = process(mark).filter(found -> servesFrom(found, data));
            if (orphan.isPresent()) {
                LOGGER.atWarn()
                        .addKeyValue("pid", orphan.get().pid())
                        .log("a database left behind by a killed run is stopped");
                stop(orphan.get(), limit);
            }
            Files.deleteIfExists(mark);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look after " + mark, e);
        }
    }

    private static Optional<ProcessHandle> process(Path mark) throws IOException {
        var lines = Files.readAllLines(mark);
        if (lines.isEmpty() || !lines.get(0).strip().matches("[0-9]{1,10}")) {
            return Optional.empty(); // Cut off in the middle of being written.
        }
        return ProcessHandle.of(Long.parseLong(lines.get(0).strip()));
    }

    private static boolean servesFrom(ProcessHandle process, Path data) {
        try {
            var bytes = Files.readAllBytes(Path.of("/proc/" + process.pid() + "/cmdline"));
            var words = new String(bytes, StandardCharsets.UTF_8).split("\0");
            return words[0].endsWith("postgres") && List.of(words).contains(data.toString());
        } catch (IOException e) {
            return false; // Gone meanwhile.
        }
    }

    /** Stops a server: first fast and clean, after {@code limit} at once, as it would be after a crash. */
    static void stop(ProcessHandle server, Duration limit) {
        signal(server, "INT");
        if (!awaitEnd(server, limit)) {
            LOGGER.atWarn()
                    .addKeyValue("pid", server.pid())
                    .log("the database does not stop in time and is made to quit");
            signal(server, "QUIT");
            if (!awaitEnd(server, limit)) {
                throw new IllegalStateException("process " + server.pid() + " does not end (expected: after SIGQUIT)");
            }
        }
    }

    private static boolean awaitEnd(ProcessHandle process, Duration limit) {
        var ended = new CountDownLatch(1);
        var watching = process.onExit().thenRun(ended::countDown);
        try {
            return ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            watching.cancel(false);
        }
    }

    /* Java can send TERM and KILL only; to PostgreSQL those mean "wait for all clients" and "leave your memory behind". */
    private static void signal(ProcessHandle process, String signal) {
        try {
            var kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            kill.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot signal process " + process.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
