package dev.skelly.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Checks that the disk of a folder takes writes, and that enough of it is free. */
public final class DiskCheck {

    private static final String PROBE = "write-probe";
    private static final long MEBIBYTE = 1024 * 1024;
    private static final byte[] BYTES = new byte[4096]; // One block, so that a full disk is noticed.

    private final Vertx vertx;
    private final Path folder;
    private final long freeMin;
    private volatile long free = Long.MAX_VALUE;

    /**
     * Creates both checks and the metric {@code skelly.disk.free}.
     *
     * @param folder exists
     * @param freeMibMin MiB that should be free
     */
    public DiskCheck(Vertx vertx, Path folder, int freeMibMin, MeterRegistry meters) {
        this.vertx = vertx;
        this.folder = folder;
        this.freeMin = freeMibMin * MEBIBYTE;
        Gauge.builder("skelly.disk.free", () -> free)
                .description("Free bytes on the disk of the data folder")
                .baseUnit("bytes")
                .register(meters);
    }

    /** Returns the check that writes a block and waits until it is on the disk. The node is down without it. */
    public ReadinessCheck writes() {
        return ReadinessCheck.vital("disk", () -> vertx.executeBlocking(this::write, false));
    }

    /** Returns the check of the free space. The node is degraded without it, and the health says how much is free. */
    public ReadinessCheck space() {
        return new Space();
    }

    private Void write() throws IOException {
        Files.write(
                folder.resolve(PROBE),
                BYTES,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE,
                StandardOpenOption.DSYNC);
        return null;
    }

    private final class Space implements ReadinessCheck {

        @Override
        public String name() {
            return "space";
        }

        @Override
        public boolean vital() {
            return false;
        }

        @Override
        public Future<Void> check() {
            return vertx.executeBlocking(() -> Files.getFileStore(folder).getUsableSpace(), false)
                    .compose(found -> {
                        free = found;
                        return found < freeMin ? Future.failedFuture(sentence()) : Future.succeededFuture();
                    });
        }

        @Override
        public Optional<String> detail() {
            return Optional.of(sentence());
        }

        private String sentence() {
            return "the disk of the data folder has " + free / MEBIBYTE + " MiB free (expected: at least "
                    + freeMin / MEBIBYTE + ")";
        }
    }
}
