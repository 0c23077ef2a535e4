package dev.skelly.cli;

import dev.skelly.config.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.URI;

/** Asks a running node whether it is ready; made for a container's health check, so quick to start. */
final class HealthQuestion {

    private static final int ANSWER_MILLIS_MAX = 5_000;
    private static final int READY = 200;

    private final PrintWriter out;

    /** The settings that say where a node listens, as far as this needs them. */
    private record Listening(String host, int port) {

        private static final Listening DEFAULT = new Listening("127.0.0.1", 8080);
    }

    HealthQuestion(PrintWriter out) {
        this.out = out;
    }

    /** Where a node with these settings listens on this machine. */
    static String url(Settings settings) {
        var listening = settings.bind("http", Listening.DEFAULT);
        var anywhere = listening.host().equals("0.0.0.0") || listening.host().equals("::");
        return "http://" + (anywhere ? "127.0.0.1" : listening.host()) + ":" + listening.port();
    }

    int ask(String url) {
        try {
            var connection = (HttpURLConnection) URI.create(url.replaceFirst("/+$", "") + "/health/ready")
                    .toURL()
                    .openConnection();
            connection.setConnectTimeout(ANSWER_MILLIS_MAX);
            connection.setReadTimeout(ANSWER_MILLIS_MAX);
            var status = connection.getResponseCode();
            connection.disconnect();
            return say(status == READY ? "ready" : "not ready, status " + status, status == READY);
        } catch (IOException | IllegalArgumentException | ClassCastException e) {
            return say("no answer from " + url, false);
        }
    }

    private int say(String sentence, boolean ready) {
        out.println(sentence);
        out.flush();
        return ready ? Program.OK : Program.UNHEALTHY;
    }
}
