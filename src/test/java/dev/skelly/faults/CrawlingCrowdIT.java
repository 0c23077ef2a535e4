package dev.skelly.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.ledger.Verdict;
import dev.skelly.testing.Torture;
import dev.skelly.testing.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A crowd at full fan-out, of which a few read very slowly and others keep coming back: no frame is lost, doubled, out of order or seen
 * without right. Slow readers may be sent away, or told of a gap; nobody else is.
 */
class CrawlingCrowdIT {

    private static final int READERS = Torture.times(5_000, 100);
    private static final int CRAWLERS = Torture.times(50, 4);
    private static final int PEOPLE = 20;
    private static final int TICKS = Torture.times(600, 30);
    private static final Duration TICK = Duration.ofMillis(100);
    private static final int PUBLIC_EACH_TICK = Torture.times(2, 10);
    private static final int LARGE_EACH_TICK =
            Torture.times(1, 10); // For administrators; they fill the sockets of those who crawl.
    private static final int CUTS_EACH_TICK = Torture.times(5, 1); // One percent a second, in the suite ten.
    private static final String LARGE = "x".repeat(30_000);

    /* In memory for a part of the run only, so that some who come back are served from the log, and some are too far behind for it. */
    private static final List<String> SETTINGS = List.of(
            "--stream.slow-max=" + Torture.times(5_000, 500) + "ms",
            "--stream.ring-events-max=" + Torture.times(1_024, 64),
            "--stream.behind-events-max=" + Torture.times(1_500, 300));

    @Test
    void nothingIsLostDoubledOutOfOrderOrLeaked(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder)
            throws Exception {
        var seed = Torture.seed("crawling crowd");
        try (var crowd = CrowdStage.set(folder, PEOPLE, seed, List.of(SETTINGS))) {
            // Given
            var streams = crowd.streams();
            var admin = crowd.admin();
            var node = crowd.stage().awaitLeader();
            streams.nodes(List.of(node.url()));
            for (var n = 0; n < READERS; n++) {
                streams.open(reading(crowd, admin, n));
            }
            crowd.awaitLive(Waiting.LIMIT.multipliedBy(2));

            // When
            var began = System.nanoTime();
            var refused = work(crowd, admin, new Random(seed));
            var took = Duration.ofNanos(System.nanoTime() - began);
            var delivered = streams.arrivals().events();
            streams.hurry();
            await().alias("everybody has caught up")
                    .atMost(Waiting.LIMIT.multipliedBy(2))
                    .until(() -> allThere(crowd));
            var reads = crowd.stage().meter(node.url(), "skelly_stream_log_reads");
            var verdict = crowd.settle();

            // Then
            report(streams, took, delivered, refused, reads, verdict);
            assertThat(verdict.green()).as(verdict.toString()).isTrue();
            assertThat(streams.all())
                    .filteredOn(stream -> !stream.reading().crawls())
                    .noneMatch(RawStream::hadGap);
            var told = streams.arrivals().told();
            assertThat(told.keySet()).as("answers").allMatch(what -> what.matches("200|503: .*|bye slow|gap too-far"));
            assertThat(told.get("200")).isGreaterThan(READERS + TICKS * CUTS_EACH_TICK / 2);
        }
    }

    private static void report(
            ManyStreams streams, Duration took, long delivered, long refused, double reads, Verdict verdict) {
        System.out.println("{\"test\":\"crawling crowd\",\"readers\":" + READERS + ",\"tookMs\":" + took.toMillis()
                + ",\"deliveriesPerSecond\":" + delivered * 1_000 / took.toMillis() + ",\"refusedRequests\":" + refused
                + ",\"logReads\":" + reads
                + ",\"absence\":" + Percentiles.of(streams.arrivals().absences()) + ",\"told\":\""
                + streams.arrivals().told() + "\",\"check\":" + verdict.line() + "}");
    }

    private static Reading reading(CrowdStage crowd, Person admin, int number) {
        var person = crowd.people().get(number % PEOPLE);
        if (number < 2 * CRAWLERS) {
            return Reading.asAdministrator(admin, number < CRAWLERS);
        }
        return switch (number % 3) {
            case 0 -> Reading.ofThePublic(person);
            case 1 -> Reading.of(person, Set.of(CrowdStage.OWN, Arrivals.LAST));
            default -> Reading.everything(person);
        };
    }

    /* Returns how many of its requests were refused. */
    private static long work(CrowdStage crowd, Person admin, Random random) {
        var emitted = new ArrayList<CompletableFuture<Boolean>>();
        var readers = crowd.streams().all().subList(CRAWLERS, READERS);
        for (var tick = 0; tick < TICKS; tick++) {
            var person = crowd.people().get(random.nextInt(PEOPLE));
            emitted.add(crowd.emit(person, CrowdStage.PUBLIC, PUBLIC_EACH_TICK, "short"));
            emitted.add(crowd.emit(person, CrowdStage.OWN, 1, "short"));
            emitted.add(crowd.emit(admin, CrowdStage.ADMIN, LARGE_EACH_TICK, LARGE));
            crowd.streams()
                    .cut(random.ints(CUTS_EACH_TICK, 0, readers.size())
                            .mapToObj(readers::get)
                            .toList());
            Stage.forAWhile(TICK);
        }
        return emitted.stream().filter(request -> !request.join()).count();
    }

    private static boolean allThere(CrowdStage crowd) throws IOException {
        var node = crowd.stage().nodes().get(0).url();
        return crowd.streams().arrivals().live() == READERS
                && crowd.stage().meter(node, "skelly_stream_connections") == READERS
                && crowd.stage().meter(node, "skelly_stream_behind") == 0;
    }
}
