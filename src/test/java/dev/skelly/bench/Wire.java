package dev.skelly.bench;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes many connections on one thread. What is measured must be slower than the generator, so it does as little as it can: one system
 * call for whatever a socket holds, into one buffer for all.
 */
final class Wire implements AutoCloseable {

    private static final int BUFFER_BYTES = 256 * 1024;
    private static final Duration TASK_LIMIT = Duration.ofSeconds(30);

    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;

    private Wire(Selector selector) {
        this.selector = selector;
    }

    /** Starts the thread. */
    static Wire start() throws IOException {
        var wire = new Wire(Selector.open());
        var thread = new Thread(wire::loop, "wire");
        thread.setDaemon(true);
        thread.start();
        return wire;
    }

    /** One connection. Its methods run on the thread of the wire. */
    abstract static class Line {

        private @Nullable SelectionKey key; // Set before any method is called.
        private ByteBuffer unsent = ByteBuffer.allocate(0);

        /** Called when the connection is open. */
        abstract void opened() throws IOException;

        /** Called with what arrived; the buffer is reused afterwards. */
        abstract void read(ByteBuffer arrived) throws IOException;

        /** Called when the other side closed the connection, or it failed. */
        abstract void lost(String why);

        /** Writes now what the socket takes, and the rest as soon as it takes more. */
        final void send(byte[] bytes) throws IOException {
            var before = unsent.remaining();
            var all = ByteBuffer.allocate(before + bytes.length).put(unsent).put(bytes);
            unsent = all.flip();
            if (before == 0) {
                flush();
            }
        }

        /** Closes the connection; {@link #lost} is not called. */
        final void end() {
            var open = key();
            open.cancel();
            try {
                open.channel().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private SelectionKey key() {
            return Objects.requireNonNull(key, "connecting");
        }

        private void flush() throws IOException {
            var open = key();
            ((SocketChannel) open.channel()).write(unsent);
            open.interestOps(
                    unsent.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        }
    }

    /** Opens a connection soon. Safe on any thread. */
    void connect(InetSocketAddress to, Line line) {
        execute(() -> {
            try {
                var channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                var key = channel.register(selector, SelectionKey.OP_CONNECT, line);
                line.key = key;
                if (channel.connect(to)) {
                    key.interestOps(SelectionKey.OP_READ);
                    line.opened();
                }
            } catch (IOException failure) {
                line.lost(failure.toString());
            }
        });
    }

    /** Runs something on the thread of the wire, soon. Safe on any thread. */
    void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /** Runs something on the thread of the wire and waits for its result. */
    @CanIgnoreReturnValue // some tasks are only waited for
    <T> T call(Supplier<T> task) {
        var result = new CompletableFuture<T>();
        execute(() -> {
            try {
                result.complete(task.get());
            } catch (RuntimeException failure) {
                result.completeExceptionally(failure);
            }
        });
        return result.orTimeout(TASK_LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    private void loop() {
        try {
            while (!ended) {
                selector.select(this::serve);
                for (var task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
            }
            for (var key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(SelectionKey key) {
        var line = (Line) key.attachment();
        try {
            if (key.isConnectable()) {
                ((SocketChannel) key.channel()).finishConnect();
                key.interestOps(SelectionKey.OP_READ);
                line.opened();
                return;
            }
            if (key.isWritable()) {
                line.flush();
            }
            if (key.isReadable()) {
                read(key, line);
            }
        } catch (IOException failure) {
            key.cancel();
            line.lost(failure.toString());
        }
    }

    private void read(SelectionKey key, Line line) throws IOException {
        buffer.clear();
        if (((SocketChannel) key.channel()).read(buffer) < 0) {
            line.end();
            line.lost("the other side closed the connection");
            return;
        }
        line.read(buffer.flip());
    }

    /** Ends the thread and closes the connections. */
    @Override
    public void close() {
        ended = true;
        selector.wakeup();
    }
}
