package dev.skelly.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.skelly.ledger.Recorder;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's open tab: reads the stream, writes down what arrives, and comes back with its last cursor whenever the connection ends, to
 * whichever node is next.
 */
final class EventReader implements AutoCloseable {

    private static final int RETRY_MS = 200;

    private final Api api;
    private final Recorder recorder;
    private final ScheduledExecutorService clock;
    private final Person person;
    private final String name;
    private final Set<UUID> correlations = ConcurrentHashMap.newKeySet();
    private final List<String> byes = new ArrayList<>();
    private final List<Duration> absences = new ArrayList<>(); // Guarded by this, like the next.
    private long lostAt;
    private volatile String cursor = "earliest";
    private volatile int connection;
    private volatile @Nullable URI node;
    private volatile boolean ready;
    private volatile boolean closed;

    EventReader(Api api, Recorder recorder, ScheduledExecutorService clock, Person person, String name) {
        this.api = api;
        this.recorder = recorder;
        this.clock = clock;
        this.person = person;
        this.name = name;
        recorder.stream(name, person.account(), cursor);
        connect();
    }

    /** Whether live delivery is attached on the present connection. */
    boolean ready() {
        return ready;
    }

    int connections() {
        return connection;
    }

    Person person() {
        return person;
    }

    /** Whether the present connection is to this node. */
    boolean readsFrom(URI url) {
        return url.equals(node);
    }

    /** How long it took each time from the end of a connection until live delivery was attached again. */
    synchronized List<Duration> absences() {
        return List.copyOf(absences);
    }

    /** Whether an event that this operation caused has arrived. */
    boolean saw(UUID op) {
        return correlations.contains(op);
    }

    /** Reasons the server gave before it ended a connection. */
    synchronized List<String> byes() {
        return List.copyOf(byes);
    }

    private void connect() {
        if (closed) {
            return;
        }
        ready = false;
        var number = connection + 1;
        var next = api.node();
        var uri = next.resolve("/api/stream" + (number == 1 ? "?lastEventId=" + cursor : ""));
        var request = HttpRequest.newBuilder(uri)
                .header("Accept", "text/event-stream")
                .header("Authorization", "Bearer " + person.token());
        if (number > 1) {
            request.header("Last-Event-ID", cursor);
        }
        var unused = api.http()
                .sendAsync(request.build(), HttpResponse.BodyHandlers.fromLineSubscriber(new Lines(number, next)))
                .whenComplete((answer, failure) -> connectAgain());
    }

    private synchronized void connectAgain() {
        ready = false;
        lostAt = lostAt == 0 ? System.nanoTime() : lostAt;
        if (!closed && !clock.isShutdown()) {
            var unused = clock.schedule(this::connect, RETRY_MS, TimeUnit.MILLISECONDS);
        }
    }

    /** Stops; the checker is told that everything should have arrived. */
    void end() {
        closed = true;
        recorder.end(name);
    }

    @Override
    public void close() {
        closed = true;
    }

    private synchronized void take(int number, String event, @Nullable String id, String data) {
        if (closed) {
            return;
        }
        try {
            var tree = api.json().readTree(data);
            if (event.equals("skelly.ready")) {
                live();
            } else if (event.equals("skelly.gap")) {
                recorder.gap(name, number, tree.path("reason").asText());
            } else if (event.equals("skelly.bye")) {
                byes.add(tree.path("reason").asText());
            } else if (id != null && !event.startsWith("skelly.")) {
                recorder.received(
                        name, number, id, UUID.fromString(tree.path("id").asText()));
                cursor = id;
                correlations.add(UUID.fromString(tree.path("correlationid").asText()));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not JSON: " + data, e);
        }
    }

    private void live() {
        ready = true;
        if (lostAt != 0) {
            absences.add(Duration.ofNanos(System.nanoTime() - lostAt));
            lostAt = 0;
        }
    }

    /** Puts the lines of one connection together to events. */
    private final class Lines implements Flow.Subscriber<String> {

        private final int number;
        private final URI from;
        private String event = "message";
        private @Nullable String id;
        private final StringBuilder data = new StringBuilder();

        Lines(int number, URI from) {
            this.number = number;
            this.from = from;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            if (line.isEmpty()) {
                dispatch();
            } else if (line.startsWith("event: ")) {
                event = line.substring(7);
            } else if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("data: ")) {
                data.append(line, 6, line.length());
            }
        }

        private void dispatch() {
            if (data.length() > 0) {
                if (event.equals("skelly.hello")) {
                    connection = number;
                    node = from;
                    recorder.connected(name, number);
                }
                take(number, event, id, data.toString());
            }
            event = "message";
            id = null;
            data.setLength(0);
        }

        @Override
        public void onError(Throwable failure) {
            // The connection ended; the response's future says so too, and connects again.
        }

        @Override
        public void onComplete() {
            // As above.
        }
    }
}
