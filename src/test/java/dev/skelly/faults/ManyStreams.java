package dev.skelly.faults;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Thousands of readers on one thread, as cheap as they can be, because they share the processors with the node: each remembers cursors
 * only, comes back with its last one when its connection ends, after a random pause, and then goes to whichever node is next.
 */
final class ManyStreams implements AutoCloseable {

    private static final int ADDRESSES =
            20; // Of this machine, as sources, each in a network of its own: no limit of one, and ports enough.
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final int CRAWL_BYTES = 512;
    private static final int CRAWL_SOCKET_BYTES = 4 * 1024;
    private static final long CRAWL_NANOS = Duration.ofMillis(250).toNanos();
    private static final int SELECT_MS = 5;
    private static final Duration AGAIN = Duration.ofMillis(100); // After a connection that came to nothing.

    private final Selector selector;
    private final Thread thread = new Thread(this::run, "many-streams");
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Due> timers = new PriorityQueue<>(Comparator.comparingLong(Due::at));
    private final Random random;
    private final List<RawStream> all = new ArrayList<>();
    private final Arrivals arrivals = new Arrivals();
    private volatile List<URI> nodes = List.of();
    private volatile Duration jitter = Duration.ZERO;
    private volatile boolean comingBack = true;
    private volatile boolean crawling = true;
    private volatile boolean closed;
    private volatile @Nullable Throwable failure;

    private record Due(long at, Runnable task) {}

    ManyStreams(long seed) {
        this.random = new Random(seed);
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread.setDaemon(true);
        thread.start();
    }

    /** Where streams connect from now on, in turn. */
    void nodes(List<URI> now) {
        nodes = List.copyOf(now);
    }

    /** How long a reader waits at most before it comes back; each time a random part of it. */
    void jitter(Duration max) {
        jitter = max;
    }

    /** Whether readers come back by themselves. */
    void comingBack(boolean doThey) {
        comingBack = doThey;
    }

    /** Opens one more stream. */
    void open(Reading reading) {
        var stream = new RawStream(all.size(), reading, arrivals, this::refused);
        all.add(stream);
        tell(() -> connect(stream));
    }

    List<RawStream> all() {
        return all;
    }

    /** What came so far. */
    Arrivals arrivals() {
        if (failure != null) {
            throw new AssertionError("the readers failed", failure);
        }
        return arrivals;
    }

    /** Cuts these connections as a broken wire does: both sides only see that they are gone. */
    void cut(List<RawStream> some) {
        tell(() -> some.stream().filter(stream -> stream.key != null).forEach(this::lost));
    }

    /** Connects all that are away. */
    void connectAll() {
        tell(() -> all.stream().filter(stream -> stream.key == null).forEach(this::connect));
    }

    /** Those who crawl read like all others from now on. */
    void hurry() {
        crawling = false;
        tell(() -> all.stream()
                .map(stream -> stream.key)
                .filter(key -> key != null && key.isValid())
                .forEach(ManyStreams::widen));
    }

    private static void widen(SelectionKey key) {
        try {
            ((SocketChannel) key.channel()).setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
        } catch (IOException e) {
            // It is gone, and comes back with a socket of the usual size.
        }
    }

    private void tell(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    private void run() {
        try (selector) {
            while (!closed) {
                selector.select(SELECT_MS);
                for (var task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                while (!timers.isEmpty() && timers.peek().at() <= System.nanoTime()) {
                    timers.remove().task().run();
                }
                var ready = selector.selectedKeys();
                ready.forEach(this::serve);
                ready.clear();
            }
            for (var key : selector.keys()) {
                key.channel().close();
            }
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        }
    }

    private void connect(RawStream stream) {
        try {
            var channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            if (stream.reading().crawls() && crawling) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, CRAWL_SOCKET_BYTES);
            }
            channel.bind(new InetSocketAddress("127." + (1 + stream.number() % ADDRESSES) + ".0.1", 0));
            var node = nodes.get(stream.connections % nodes.size());
            stream.connecting();
            stream.node = node;
            stream.key = channel.register(selector, SelectionKey.OP_CONNECT, stream);
            if (channel.connect(new InetSocketAddress(node.getHost(), node.getPort()))) {
                ask(stream);
            }
        } catch (IOException e) {
            var unused = leave(stream);
            comeBack(stream, AGAIN);
        }
    }

    private void ask(RawStream stream) throws IOException {
        var key = Objects.requireNonNull(stream.key);
        var request = ByteBuffer.wrap(
                stream.request(Objects.requireNonNull(stream.node)).getBytes(StandardCharsets.US_ASCII));
        ((SocketChannel) key.channel()).write(request);
        if (request.hasRemaining()) {
            throw new IOException("a new connection takes no request");
        }
        key.interestOps(SelectionKey.OP_READ);
    }

    private void lost(RawStream stream) {
        var pause = stream.ready ? Duration.ZERO : AGAIN;
        if (leave(stream)) {
            comeBack(stream, pause);
        }
    }

    private boolean leave(RawStream stream) {
        var key = stream.key;
        if (key == null) {
            return false;
        }
        stream.key = null;
        key.cancel();
        close(key.channel());
        arrivals.lost(stream);
        return true;
    }

    private static void close(Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone, which is what was wanted.
        }
    }

    private void comeBack(RawStream stream, Duration atLeast) {
        if (comingBack && !closed) {
            var pause = atLeast.plus(jitter.multipliedBy(random.nextInt(1_000)).dividedBy(1_000));
            timers.add(new Due(System.nanoTime() + pause.toNanos(), () -> connect(stream)));
        }
    }

    private void serve(SelectionKey key) {
        var stream = (RawStream) key.attachment();
        try {
            if (key.isValid() && key.isConnectable() && ((SocketChannel) key.channel()).finishConnect()) {
                ask(stream);
            } else if (key.isValid() && key.isReadable()) {
                read(stream, key);
            }
        } catch (IOException e) {
            lost(stream);
        }
    }

    private void read(RawStream stream, SelectionKey key) throws IOException {
        var slow = stream.reading().crawls() && crawling;
        buffer.clear().limit(slow ? CRAWL_BYTES : BUFFER_BYTES);
        var count = ((SocketChannel) key.channel()).read(buffer);
        if (count < 0) {
            throw new EOFException();
        }
        stream.take(buffer.flip());
        if (slow && key.isValid()) {
            key.interestOps(0);
            timers.add(new Due(System.nanoTime() + CRAWL_NANOS, () -> readOn(key)));
        }
    }

    private static void readOn(SelectionKey key) {
        if (key.isValid()) {
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    private void refused(RawStream stream, @Nullable Duration retryAfter) {
        var was = leave(stream);
        if (was) {
            comeBack(stream, retryAfter == null ? Duration.ofSeconds(1) : retryAfter);
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        var unused = arrivals();
    }
}
