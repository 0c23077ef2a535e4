package dev.skelly.bench;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Sends ready-made requests over keep-alive connections, each as soon as the last answer came. It shares the processors with what it
 * measures, so it does as little as it can: it looks for the status and the length, and for nothing else.
 */
final class RawLoad {

    private static final byte[] ACCEPTED = "HTTP/1.1 202".getBytes(StandardCharsets.US_ASCII);
    private static final String LENGTH = "content-length: ";

    private final Vertx vertx;
    private final URI url;
    private final NetClient client; // Kept: one that nobody holds closes its connections when it is collected.
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final Queue<Conversation> ready =
            new ConcurrentLinkedQueue<>(); // Those that wait for their turn at a bounded rate.
    private volatile boolean bounded;
    private volatile boolean ended;
    private volatile String refusal = "a closed connection";

    RawLoad(Vertx vertx, URI url) {
        this.vertx = vertx;
        this.url = url;
        this.client = vertx.createNetClient();
    }

    /**
     * Answers of 202 a second.
     *
     * @param requests one for each connection
     * @return fails when any other answer came
     */
    Future<Double> perSecond(List<Buffer> requests, Duration time) {
        return perSecond(requests, time, 0);
    }

    /** The same at a rate that is not exceeded, in requests a second; 0 for as fast as answers come. */
    Future<Double> perSecond(List<Buffer> requests, Duration time, int rateMax) {
        accepted.reset();
        refused.reset();
        ended = false;
        bounded = rateMax > 0;
        var clock = bounded ? vertx.setPeriodic(1, releasing(rateMax)) : -1;
        return Future.all(IntStream.range(0, requests.size())
                        .mapToObj(n -> connect(requests.get(n)))
                        .toList())
                .compose(connected -> measure(time))
                .onComplete(over -> release(clock))
                .compose(rate -> refused.sum() == 0
                        ? Future.succeededFuture(rate)
                        : Future.failedFuture(refused.sum() + " requests were refused, one by " + refusal));
    }

    /** Returns how many requests were answered with 202 so far. Safe on any thread. */
    long accepted() {
        return accepted.sum();
    }

    /** Returns a request that posts an event. */
    static Buffer post(URI url, String token, String body) {
        return Buffer.buffer("POST /api/events HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\nAuthorization: Bearer "
                + token + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private Handler<Long> releasing(int rateMax) {
        var began = System.nanoTime();
        var sent = new AtomicLong();
        return tick -> {
            var due = (System.nanoTime() - began) * rateMax / 1_000_000_000L;
            while (sent.get() < due) {
                var next = ready.poll();
                if (next == null) {
                    sent.set(Math.max(sent.get(), due - rateMax / 10)); // What was missed for long stays missed.
                    return;
                }
                sent.incrementAndGet();
                next.send();
            }
        };
    }

    /* Ends the conversations that still wait. */
    private void release(long clock) {
        if (clock >= 0 && vertx.cancelTimer(clock)) {
            Stream.generate(ready::poll).takeWhile(Objects::nonNull).forEach(Conversation::next);
        }
    }

    private Future<Double> measure(Duration time) {
        var began = System.nanoTime();
        return vertx.timer(time.toMillis(), TimeUnit.MILLISECONDS).map(over -> {
            ended = true;
            return accepted.sum() * 1e9 / (System.nanoTime() - began);
        });
    }

    private Future<NetSocket> connect(Buffer request) {
        return client.connect(url.getPort(), url.getHost())
                .onSuccess(socket -> new Conversation(socket, request).begin());
    }

    /** One connection. */
    private final class Conversation {

        private final NetSocket socket;
        private final Buffer request;
        private Buffer received = Buffer.buffer();

        Conversation(NetSocket socket, Buffer request) {
            this.socket = socket;
            this.request = request;
        }

        void begin() {
            socket.handler(this::hear);
            next();
        }

        void send() {
            socket.write(request).onFailure(gone -> refused.increment());
        }

        void next() {
            if (ended) {
                socket.close().onFailure(gone -> refused.increment());
            } else if (bounded) {
                ready.add(this);
            } else {
                send();
            }
        }

        private void hear(Buffer chunk) {
            received = received.length() == 0 ? chunk : received.appendBuffer(chunk);
            var text = received.toString(StandardCharsets.ISO_8859_1);
            var head = text.indexOf("\r\n\r\n");
            if (head < 0 || received.length() < head + 4 + length(text, head)) {
                return;
            }
            if (starts(received)) {
                accepted.increment();
            } else {
                refused.increment();
                refusal = text;
            }
            received = Buffer.buffer();
            next();
        }

        private static int length(String text, int head) {
            var at = text.toLowerCase(Locale.ROOT).indexOf(LENGTH);
            return at < 0 || at > head
                    ? 0
                    : Integer.parseInt(text.substring(at + LENGTH.length(), text.indexOf("\r", at)));
        }
    }

    private static boolean starts(Buffer answer) {
        for (var index = 0; index < ACCEPTED.length; index++) {
            if (answer.getByte(index) != ACCEPTED[index]) {
                return false;
            }
        }
        return true;
    }
}
