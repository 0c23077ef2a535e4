package dev.skelly.cli;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The checks of {@code doctor}, one line each. Blocks. */
final class ConnectionChecks {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
    private static final Duration SKEW_MAX = Duration.ofSeconds(2);
    private static final int READY = 200;
    private static final int UNAVAILABLE = 503;

    /* A proxy that buffers delivers all frames at once. What comes within this part of the gap between two frames came at once. */
    private static final double AT_ONCE = 0.5;

    private final RemoteNode server;
    private final Duration idle;
    private final Consumer<String> out;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(ANSWER_MAX)
            .version(HttpClient.Version.HTTP_2)
            .build();
    private int warnings;

    ConnectionChecks(RemoteNode server, Duration idle, Consumer<String> out) {
        this.server = server;
        this.idle = idle;
        this.out = out;
    }

    /** Runs all checks and returns the exit code. */
    int run() throws InterruptedException {
        if (!reachable()) {
            return Program.UNHEALTHY;
        }
        stream();
        webSocket();
        silence();
        out.accept(warnings == 0 ? "nothing stands in the way" : warnings + " warning" + (warnings == 1 ? "" : "s"));
        return warnings == 0 ? Program.OK : Program.FAILURE;
    }

    private void ok(String check, String found) {
        out.accept("ok       " + check + ": " + found);
    }

    private void warn(String check, String found, String todo) {
        warnings++;
        out.accept("warning  " + check + ": " + found);
        out.accept("         " + todo);
    }

    private boolean reachable() throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(server.at("/health/ready"))
                    .timeout(ANSWER_MAX)
                    .build();
            var answer = client.send(request, BodyHandlers.discarding());
            if (answer.statusCode() != READY) {
                out.accept("failed   reach: status " + answer.statusCode() + " from " + request.uri()
                        + (answer.statusCode() == UNAVAILABLE ? ", the server is not ready" : ", is this the server?"));
                return false;
            }
            ok("reach", "the server is ready");
            version(answer);
            return true;
        } catch (IOException e) {
            out.accept("failed   reach: no answer from " + server.url() + ": " + why(e));
            return false;
        }
    }

    private void version(HttpResponse<Void> answer) {
        if (answer.version() == HttpClient.Version.HTTP_2) {
            ok("version", "HTTP/2");
        } else if (server.loopback()) {
            ok("version", "HTTP/1.1, directly on this machine");
        } else {
            warn(
                    "version",
                    "HTTP/1.1, over which browsers open six connections to a host",
                    "Let the proxy speak HTTP/2 with browsers, over TLS.");
        }
    }

    private void stream() throws InterruptedException {
        try {
            var probe = StreamProbe.of(client, server, Duration.ZERO);
            if (probe.status() != READY) {
                warn(
                        "stream",
                        "status " + probe.status() + " from /health/stream-probe",
                        "Pass this path on to the server; 429 means that the probe was called too often.");
                return;
            }
            content(probe);
            if (!probe.encoding().isEmpty()) {
                return; // Compressed frames cannot be read one by one.
            }
            arrival(probe);
            clock(probe);
            forwarded(probe);
        } catch (IOException e) {
            warn("stream", "the connection was cut: " + why(e), "Let the proxy pass responses of any length on.");
        }
    }

    private void arrival(StreamProbe probe) {
        var sent = probe.lastSentMillis() - probe.firstSentMillis();
        var arrived = probe.lastArrivedMillis() - probe.firstArrivedMillis();
        if (probe.frames() < StreamProbe.FRAMES) {
            warn("buffer", "only " + probe.frames() + " of " + StreamProbe.FRAMES + " frames arrived", "See stream.");
        } else if (arrived < sent * AT_ONCE) {
            warn(
                    "buffer",
                    "frames that were sent within " + sent + " ms arrived within " + arrived + " ms",
                    "Switch buffering of responses off (nginx: proxy_buffering off), and scanners of downloads.");
        } else {
            ok("buffer", "none; frames sent within " + sent + " ms arrived within " + arrived + " ms");
        }
    }

    private void content(StreamProbe probe) {
        if (!probe.encoding().isEmpty()) {
            warn(
                    "content",
                    "the stream is compressed (" + probe.encoding() + "), which delays frames",
                    "Exclude text/event-stream from compression.");
        } else if (!probe.contentType().startsWith("text/event-stream") || probe.changed()) {
            warn("content", "the response was changed on the way", "Let the proxy pass text/event-stream on as it is.");
        } else {
            ok("content", "not compressed, not changed");
        }
    }

    private void clock(StreamProbe probe) {
        var skew = Duration.ofMillis(probe.skewMillis());
        if (skew.abs().compareTo(SKEW_MAX) > 0) {
            warn(
                    "clock",
                    "the server's clock is " + skew.abs().toSeconds() + " s "
                            + (skew.isNegative() ? "behind" : "ahead of") + " the one here",
                    "Synchronise both with NTP: tokens and cursors carry times.");
        } else {
            ok("clock", "differs by less than " + SKEW_MAX.toSeconds() + " s");
        }
    }

    private void forwarded(StreamProbe probe) {
        if (!probe.forwarded()) {
            ok("proxy", "no X-Forwarded-For, as without a proxy");
        } else if (probe.trusted()) {
            ok("proxy", "X-Forwarded-For of a proxy in http.proxies");
        } else {
            warn(
                    "proxy",
                    "X-Forwarded-For comes from an address that is not in http.proxies",
                    "Add the proxy to http.proxies, or all people share the limits of its address.");
        }
    }

    private void webSocket() throws InterruptedException {
        try {
            var socket = client.newWebSocketBuilder()
                    .connectTimeout(ANSWER_MAX)
                    .buildAsync(server.webSocketAt("/api/ws"), new WebSocket.Listener() {})
                    .get(ANSWER_MAX.toSeconds(), TimeUnit.SECONDS);
            socket.abort();
            ok("websocket", "the upgrade passes");
        } catch (ExecutionException e) {
            var cause = e.getCause();
            refused(cause == null ? e : cause);
        } catch (TimeoutException e) {
            warn("websocket", "no answer to an upgrade", "Let the proxy pass upgrades on.");
        }
    }

    private void refused(Throwable failure) {
        var status = failure instanceof WebSocketHandshakeException refusal
                ? refusal.getResponse().statusCode()
                : 0;
        switch (status) {
            case 401, 403 -> ok("websocket", "the upgrade reaches the server, which asks for a login");
            case 404, 501 -> ok("websocket", "not offered by this server");
            default ->
                warn(
                        "websocket",
                        status == 0 ? "the upgrade fails: " + why(failure) : "the upgrade gets status " + status,
                        "Let the proxy pass upgrades on (nginx: proxy_http_version 1.1, Upgrade and Connection headers).");
        }
    }

    private void silence() throws InterruptedException {
        if (idle.isZero()) {
            return;
        }
        try {
            var probe = StreamProbe.of(client, server, idle);
            if (probe.status() != READY) {
                warn("silence", "status " + probe.status() + " from /health/stream-probe", "See stream.");
            } else if (probe.encoding().isEmpty() && probe.frames() < StreamProbe.FRAMES) {
                cut("the connection ended early");
            } else {
                ok("silence", "a connection survives " + idle.toSeconds() + " s without data");
            }
        } catch (IOException e) {
            cut(why(e));
        }
    }

    private void cut(String how) {
        warn(
                "silence",
                "a connection without data for " + idle.toSeconds() + " s is cut: " + how,
                "Raise the idle timeout of the proxy, or set stream.heartbeat below it.");
    }

    private static String why(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
