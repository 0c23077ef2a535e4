package dev.skelly.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A TCP proxy before a server of this machine that is slow, or holds streams up as a proxy with buffers does. Two threads a connection. */
final class LatencyProxy implements AutoCloseable {

    private static final int CHUNK_BYTES = 16 * 1024;
    private static final int PIECE_BYTES = 200;
    private static final String STREAM = "text/event-stream";

    private final ServerSocket server;
    private final int targetPort;
    private final ScheduledExecutorService clock = new ScheduledThreadPoolExecutor(
            1, new ThreadPoolExecutor.DiscardPolicy()); // What comes after the end is dropped.
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile int latencyMillis;
    private volatile boolean buffering;

    LatencyProxy(int targetPort) {
        this.targetPort = targetPort;
        try {
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** Each direction takes so long from now on, and what arrives comes in small pieces. */
    void latency(int millis) {
        this.latencyMillis = millis;
    }

    /** From now on an event stream arrives when it has ended, all at once. */
    void buffer() {
        this.buffering = true;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                var target = new Socket(InetAddress.getLoopbackAddress(), targetPort);
                sockets.add(client);
                sockets.add(target);
                connect(client, target, false);
                connect(target, client, true);
            } catch (IOException e) {
                // Closed, or the target is away: the client sees its connection end.
            }
        }
    }

    private void connect(Socket from, Socket to, boolean held) {
        daemon(() -> read(from, held, to));
    }

    private void read(Socket from, boolean held, Socket to) {
        var pieces =
                new ConcurrentLinkedQueue<ByteBuffer>(); // In their order, whenever the clock says that one is due.
        var end = System.nanoTime();
        try {
            var in = from.getInputStream();
            var chunk = new byte[CHUNK_BYTES];
            var stream = false;
            for (var count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                stream |=
                        held && buffering && new String(chunk, 0, count, StandardCharsets.ISO_8859_1).contains(STREAM);
                var step = latencyMillis == 0 ? 0 : TimeUnit.MILLISECONDS.toNanos(1);
                for (var at = 0; !stream && at < count; at += PIECE_BYTES) { // The test ends before a held stream does.
                    end = Math.max(end + step, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(latencyMillis));
                    pieces.add(ByteBuffer.wrap(Arrays.copyOfRange(chunk, at, Math.min(count, at + PIECE_BYTES))));
                    later(end, () -> to.getOutputStream().write(pieces.remove().array()));
                }
            }
        } catch (IOException e) {
            // One side ended.
        }
        later(end + TimeUnit.MILLISECONDS.toNanos(1), to::close);
    }

    private interface Step {
        void run() throws IOException;
    }

    private void later(long at, Step step) {
        var unused = clock.schedule(
                () -> {
                    step.run();
                    return true;
                },
                at - System.nanoTime(),
                TimeUnit.NANOSECONDS);
    }

    private static void daemon(Runnable task) {
        var thread = new Thread(task, "latency-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        try {
            server.close();
            for (var socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
