package dev.skelly.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A TCP proxy, on loopback unless told otherwise, that goes silent in one direction, or cuts. Two threads a connection. */
public final class ChaosProxy implements AutoCloseable {

    private static final int CHUNK_BYTES = 16 * 1024;

    private final ServerSocket server;
    private final int targetPort;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final CountDownLatch heard = new CountDownLatch(1);
    private volatile boolean clientSilent;
    private volatile boolean serverSilent;
    private volatile boolean refusing;
    private volatile @Nullable String silenceAfter;

    /** Listens on a free port and forwards to another port of this machine. */
    public ChaosProxy(int targetPort) {
        this(InetAddress.getLoopbackAddress(), targetPort);
    }

    /** The same on another address of this machine. */
    public ChaosProxy(InetAddress address, int targetPort) {
        this.targetPort = targetPort;
        try {
            this.server = new ServerSocket(0, 50, address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon("accept", this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** What the client sends is read and thrown away, or forwarded again; connections stay open. */
    public void silenceClient(boolean silent) {
        this.clientSilent = silent;
    }

    /** What the server sends is read and thrown away, or forwarded again; connections stay open. */
    public void silenceServer(boolean silent) {
        this.serverSilent = silent;
    }

    /** Both: every connection is half open, and so is every new one. */
    public void silence(boolean silent) {
        silenceClient(silent);
        silenceServer(silent);
    }

    /** As soon as the server has sent this text, the client is silenced, before the chunk with it is forwarded. */
    public void silenceClientAfter(String text) {
        this.silenceAfter = text;
    }

    /** Waits until that text was seen. */
    public boolean awaitSilence(Duration within) throws InterruptedException {
        return heard.await(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends every connection; new ones are taken. */
    public void cut() {
        sockets.forEach(ChaosProxy::end);
        sockets.clear();
    }

    /** Connections are ended and new ones with them, or taken again. */
    public void refuse(boolean refuse) {
        this.refusing = refuse;
        if (refuse) {
            cut();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                connect(server.accept());
            } catch (IOException e) {
                // Closed, or the target is away: the client sees its connection end.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        sockets.add(client);
        if (refusing) {
            end(client);
            return;
        }
        Socket target;
        try {
            target = new Socket(InetAddress.getLoopbackAddress(), targetPort);
        } catch (IOException e) {
            end(client);
            throw e;
        }
        sockets.add(target);
        daemon("to-server", () -> pump(client, target, true));
        daemon("to-client", () -> pump(target, client, false));
    }

    private void pump(Socket from, Socket to, boolean fromClient) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            var chunk = new byte[CHUNK_BYTES];
            for (var count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                if (!fromClient) {
                    listen(chunk, count);
                }
                if (!(fromClient ? clientSilent : serverSilent)) {
                    out.write(chunk, 0, count);
                    out.flush();
                }
            }
        } catch (IOException e) {
            // One side ended; try-with-resources ends the other.
        }
    }

    private void listen(byte[] chunk, int count) {
        var text = silenceAfter;
        if (text != null && new String(chunk, 0, count, StandardCharsets.ISO_8859_1).contains(text)) {
            clientSilent = true;
            heard.countDown();
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone, which is what was wanted.
        }
    }

    private static void daemon(String name, Runnable task) {
        var thread = new Thread(task, "chaos-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
