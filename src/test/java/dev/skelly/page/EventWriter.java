package dev.skelly.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.testing.WholeNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes feedback about topics in turn, one event every few milliseconds, until it is closed. */
final class EventWriter implements AutoCloseable {

    private static final int PAUSE_MILLIS = 3;

    private final WholeNode node;
    private final String token;
    private final String[] topics;
    private final AtomicInteger written = new AtomicInteger();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private volatile boolean failed;

    EventWriter(WholeNode node, String token, String... topics) {
        this.node = node;
        this.token = token;
        this.topics = topics;
    }

    @CanIgnoreReturnValue
    EventWriter start() {
        var unused = thread.scheduleWithFixedDelay(this::run, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        return this;
    }

    private void run() {
        try {
            write(topics[written.get() % topics.length]);
        } catch (AssertionError e) {
            failed = true;
            throw e; // No more are written.
        }
    }

    /** Writes one event now; its id. */
    @CanIgnoreReturnValue
    String write(String about) {
        var id = UUID.randomUUID().toString();
        var answer = node.send(node.request("/api/events")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("""
                        {"id": "%s", "type": "feedback.given", "data": {"about": "%s", "stars": 5, "words": "%d"}}""".formatted(id, about, written.get())))
                .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        written.incrementAndGet();
        return id;
    }

    /** Waits until so many more were written. */
    void more(int events) {
        var from = written.get();
        await().until(() -> failed || written.get() >= from + events);
        assertThat(failed).isFalse();
    }

    int written() {
        return written.get();
    }

    @Override
    public void close() {
        end();
    }

    /** Ends after the write that runs. */
    void end() {
        thread.shutdown();
        await().until(thread::isTerminated);
        assertThat(failed).isFalse();
    }
}
