package dev.skelly.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.testing.WholeNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes feedback about topics in turn, one after the other, until it is closed. */
final class EventWriter implements AutoCloseable {

    private final WholeNode node;
    private final String token;
    private final String[] topics;
    private final AtomicInteger written = new AtomicInteger();
    private final Thread thread = new Thread(this::run, "writer");
    private volatile boolean ended;
    private volatile boolean failed;

    EventWriter(WholeNode node, String token, String... topics) {
        this.node = node;
        this.token = token;
        this.topics = topics;
    }

    @CanIgnoreReturnValue
    EventWriter start() {
        thread.start();
        return this;
    }

    private void run() {
        try {
            while (!ended) {
                write(topics[written.get() % topics.length]);
            }
        } catch (AssertionError e) {
            failed = true;
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
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat(failed).isFalse();
    }
}
