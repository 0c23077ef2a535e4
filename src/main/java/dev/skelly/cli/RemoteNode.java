package dev.skelly.cli;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/**
 * The URL of a server on the command line.
 *
 * @param url with scheme and host, without a path
 */
record RemoteNode(URI url) {

    /** Reads a URL; empty when it names no server. */
    static Optional<RemoteNode> of(String text) {
        try {
            var url = new URI(text.replaceFirst("/+$", ""));
            var scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            var server = (scheme.equals("http") || scheme.equals("https"))
                    && url.getHost() != null
                    && url.getRawPath().isEmpty()
                    && url.getRawQuery() == null
                    && url.getRawUserInfo() == null;
            return server ? Optional.of(new RemoteNode(url)) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    URI at(String path) {
        return URI.create(url + path);
    }

    /** Returns the same for WebSockets. */
    URI webSocketAt(String path) {
        return URI.create(url.toString().replaceFirst("^(?i)http", "ws") + path);
    }

    boolean tls() {
        return url.getScheme().equalsIgnoreCase("https");
    }

    String host() {
        return url.getHost().replaceAll("[\\[\\]]", "");
    }

    int port() {
        return url.getPort() > 0 ? url.getPort() : tls() ? 443 : 80;
    }

    /** Tells whether every address of the host is of this machine. Blocks while the name is resolved. */
    boolean loopback() {
        try {
            for (var address : InetAddress.getAllByName(host())) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
