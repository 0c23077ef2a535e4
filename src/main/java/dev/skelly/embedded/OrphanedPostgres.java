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
 * Stops the PostgreSQL that a killed Skelly left behind: it still holds the data, so it must end before a new one starts. Blocks.
 *
 * <p>{@code postmaster.pid} alone proves nothing, because another program may have its number by now. The process must be a {@code
 * postgres} whose command line names this data folder.
 */
final class OrphanedPostgres {

    private static final Logger LOGGER = LoggerFactory.getLogger(OrphanedPostgres.class);
    private static final int POLL_MILLIS = 10;

    private OrphanedPostgres() {}

    /**
     * Stops the server that still runs on {@code data}, and deletes the pid file of one that does not.
     *
     * @param limit for a clean stop, after which the server is forced to quit
     */
    static void stop(Path data, Duration limit) {
        var mark = mark(data);
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
            throw new UncheckedIOException("cannot check " + mark, e);
        }
    }

    /** Returns the file that a server writes when it starts and deletes when it ends by itself. */
    static Path mark(Path data) {
        return data.resolve("postmaster.pid");
    }

    private static Optional<ProcessHandle> process(Path mark) throws IOException {
        var lines = Files.readAllLines(mark);
        if (lines.isEmpty() || !lines.get(0).strip().matches("[0-9]{1,10}")) {
            return Optional.empty(); // The file was only partially written.
        }
        return ProcessHandle.of(Long.parseLong(lines.get(0).strip()));
    }

    private static boolean servesFrom(ProcessHandle process, Path data) {
        var words = commandLine(process);
        return words.get(0).endsWith("postgres") && words.contains(data.toString());
    }

    /* Returns one empty word for a process that has ended or is a zombie. */
    private static List<String> commandLine(ProcessHandle process) {
        try {
            var bytes = Files.readAllBytes(Path.of("/proc/" + process.pid() + "/cmdline"));
            return List.of(new String(bytes, StandardCharsets.UTF_8).split("\0", -1));
        } catch (IOException e) {
            return List.of("");
        }
    }

    /** Stops a server: first with a fast clean shutdown, after {@code limit} immediately, as after a crash. */
    static void stop(ProcessHandle server, Duration limit) {
        signal(server, "INT");
        if (!awaitEnd(server, limit)) {
            LOGGER.atWarn()
                    .addKeyValue("pid", server.pid())
                    .log("the database does not stop in time and is forced to quit");
            signal(server, "QUIT");
            if (!awaitEnd(server, limit)) {
                throw new IllegalStateException("process " + server.pid() + " does not end (expected: after SIGQUIT)");
            }
        }
    }

    /* Polls often, because for a process that is not a child Java's own notification comes a second late. */
    private static boolean awaitEnd(ProcessHandle process, Duration limit) {
        var deadline = System.nanoTime() + limit.toNanos();
        var never = new CountDownLatch(1);
        try {
            while (!commandLine(process).get(0).isEmpty()) {
                if (System.nanoTime() > deadline || never.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /* Java can send only TERM and KILL; to PostgreSQL those mean "wait for all clients" and "leave your memory behind". */
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
