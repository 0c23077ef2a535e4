package dev.skelly.bench;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * From the request that emits an event to its effect, as another connection to the database sees it after the commit. One event after the other,
 * with a pause, on a node that does nothing else. The look every half millisecond makes the figures late by as much, never early.
 */
final class LoneEvents implements AutoCloseable {

    private static final int EVENTS = 200;
    private static final int UNCOUNTED = 20;
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final long LOOK_MICROS = 500;

    private final WorkNode node;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor();

    LoneEvents(WorkNode node) {
        this.node = node;
    }

    void measure(Figures figures) throws Exception {
        List<Long> nanos = new ArrayList<>();
        for (var n = 0; n < UNCOUNTED + EVENTS; n++) {
            var took = once(1 + n % BenchFeature.ROWS);
            if (n >= UNCOUNTED) {
                nanos.add(took);
            }
            node.rest(PAUSE);
        }
        var sorted = nanos.stream().sorted().toList();
        figures.show("loneEffectMsP50", sorted.get(EVENTS / 2 - 1) / 1e6);
        figures.show("loneEffectMsP99", sorted.get(EVENTS * 99 / 100 - 1) / 1e6);
    }

    private long once(int row) throws Exception {
        var seen = new CompletableFuture<Long>();
        try (var reading = node.sql().prepareStatement("select n from bench_counter where id = " + row)) {
            var before = read(reading);
            var sent = System.nanoTime();
            var answer = node.emit(row);
            var look = looking.scheduleWithFixedDelay(
                    () -> {
                        if (read(reading) > before) {
                            seen.complete(System.nanoTime());
                        }
                    },
                    0,
                    LOOK_MICROS,
                    TimeUnit.MICROSECONDS);
            var took = seen.get(30, TimeUnit.SECONDS) - sent;
            look.cancel(false);
            WorkNode.on(answer);
            return took;
        }
    }

    private static long read(PreparedStatement reading) {
        try (var rows = reading.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            return 0; // A look may come after the end of its event.
        }
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
