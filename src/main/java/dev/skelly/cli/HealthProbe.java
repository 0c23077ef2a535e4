package dev.skelly.cli;

import dev.skelly.config.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.URI;
import java.security.GeneralSecurityException;
import javax.net.ssl.HttpsURLConnection;

/** Checks that a running node is ready. Made for a container's health check, so it starts fast. */
final class HealthProbe {

    private static final int ANSWER_MILLIS_MAX = 5_000;
    private static final int READY = 200;

    private final PrintWriter out;

    /** The settings needed to find where a node listens. */
    private record Listening(String host, int port, String tlsCertificate) {

        private static final Listening DEFAULT = new Listening("127.0.0.1", 8080, "");

        private String url() {
            var anywhere = host.equals("0.0.0.0") || host.equals("::");
            var here = anywhere ? "127.0.0.1" : host;
            return (tlsCertificate.isEmpty() ? "http://" : "https://") + bracketed(here) + ":" + port;
        }

        private static String bracketed(String host) {
            return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        }
    }

    /** Configures a connection before it is opened. */
    private interface Guard {

        Guard NONE = connection -> {};

        void guard(HttpURLConnection connection) throws GeneralSecurityException;
    }

    HealthProbe(PrintWriter out) {
        this.out = out;
    }

    /** Returns the URL of a node with these settings on this machine. */
    static String url(Settings settings) {
        return settings.bind("http", Listening.DEFAULT).url();
    }

    /** Checks the node with these settings on this machine. Over TLS it must have the certificate in the settings. */
    int ask(Settings settings) {
        var listening = settings.bind("http", Listening.DEFAULT);
        if (listening.tlsCertificate().isEmpty()) {
            return ask(listening.url(), Guard.NONE);
        }
        var own = PinnedCertificate.of(listening.tlsCertificate());
        return ask(listening.url(), connection -> own.guard((HttpsURLConnection) connection));
    }

    /** Checks the node at a URL. Over TLS its certificate must be valid for that name by this Java's trust store. */
    int ask(String url) {
        return ask(url, Guard.NONE);
    }

    private int ask(String url, Guard guard) {
        var asked = url.replaceFirst("/+$", "") + "/health/ready";
        try {
            var connection = (HttpURLConnection) URI.create(asked).toURL().openConnection();
            connection.setConnectTimeout(ANSWER_MILLIS_MAX);
            connection.setReadTimeout(ANSWER_MILLIS_MAX);
            guard.guard(connection);
            var status = connection.getResponseCode();
            connection.disconnect();
            return status == READY ? say("ready", true) : say("not ready, status " + status + " from " + asked, false);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException | ClassCastException e) {
            return say("no answer from " + asked + ": " + why(e), false);
        }
    }

    /* Returns the innermost cause, which states the reason. */
    private static String why(Throwable failure) {
        var innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return innermost.getMessage() == null ? innermost.getClass().getSimpleName() : innermost.getMessage();
    }

    private int say(String sentence, boolean ready) {
        out.println(sentence);
        out.flush();
        return ready ? Program.OK : Program.UNHEALTHY;
    }
}
