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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A TCP proxy before a server of this machine that is slow, or holds streams up as a proxy with buffers does. Four threads a connection. */
final class LatencyProxy implements AutoCloseable {

    private static final int CHUNK_BYTES = 16 * 1024;
    private static final int PIECE_BYTES = 200;
    private static final String STREAM = "text/event-stream";

    private final ServerSocket server;
    private final int targetPort;
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

    private record Chunk(long due, ByteBuffer bytes) {}

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
        var chunks = new LinkedBlockingQueue<Chunk>();
        daemon(() -> read(from, held, chunks));
        daemon(() -> write(chunks, to));
    }

    private void read(Socket from, boolean held, BlockingQueue<Chunk> chunks) {
        try {
            var in = from.getInputStream();
            var chunk = new byte[CHUNK_BYTES];
            var stream = false;
            for (var count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                stream |=
                        held && buffering && new String(chunk, 0, count, StandardCharsets.ISO_8859_1).contains(STREAM);
                if (!stream) { // The test ends before a held stream does.
                    chunks.add(new Chunk(due(), ByteBuffer.wrap(Arrays.copyOf(chunk, count))));
                }
            }
        } catch (IOException e) {
            // One side ended.
        }
        chunks.add(new Chunk(due(), ByteBuffer.allocate(0)));
    }

    private long due() {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(latencyMillis);
    }

    private void write(BlockingQueue<Chunk> chunks, Socket to) {
        try (to) {
            for (var chunk = chunks.take(); chunk.bytes().hasRemaining(); chunk = chunks.take()) {
                TimeUnit.NANOSECONDS.sleep(chunk.due() - System.nanoTime());
                for (var from = 0; from < chunk.bytes().limit(); from += PIECE_BYTES) {
                    to.getOutputStream()
                            .write(
                                    chunk.bytes().array(),
                                    from,
                                    Math.min(PIECE_BYTES, chunk.bytes().limit() - from));
                    to.getOutputStream().flush();
                    TimeUnit.MILLISECONDS.sleep(latencyMillis == 0 ? 0 : 1);
                }
            }
        } catch (IOException e) {
            // One side ended.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void daemon(Runnable task) {
        var thread = new Thread(task, "latency-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
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
