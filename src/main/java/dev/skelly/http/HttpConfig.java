package dev.skelly.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Settings of the HTTP server, under {@code http}.
 *
 * @param host address to listen on. The default is this machine only; {@code 0.0.0.0} is every network
 * @param port port to listen on; 0 takes a free one
 * @param publicUrl URL of this server for browsers, e.g. {@code https://app.example.org}. Needed behind a proxy that ends TLS or changes
 *     the host. Empty: taken from the request
 * @param tlsCertificate path of a PEM file with the certificate chain; empty for plain HTTP
 * @param tlsKey path of a PEM file with the private key
 * @param bodyBytesMax longest request body in bytes
 * @param requestLineBytesMax longest request line in bytes
 * @param headerBytesMax longest header section of a request in bytes
 * @param connectionsMax open connections of a node. Further ones are closed at once
 * @param connectionsPerAddress open connections of one network address on a node; an IPv4 /24 and an IPv6 /48 get 16 times as many, at most
 *     half of the node's. Requests on further ones get 429. Connections of {@code proxies} count only for the node
 * @param headerDeadline time from opening a connection to the end of the first request's headers. A TLS handshake has as much time for itself
 * @param requestDeadline time from the headers to the response. Then 408 for a slow body, 503 for a slow server
 * @param idleTimeout time from a response to the end of the next request's headers. Streams are exempt
 * @param corsOrigins origins of other sites whose pages may use the API, each as {@code https://app.example.org}. They use tokens; cookies
 *     work only for pages of this server
 * @param proxies addresses or networks, as {@code 10.0.0.0/8}, of the proxies whose {@code X-Forwarded-For} is trusted
 * @param proxyProtocol whether each connection begins with a header of the PROXY protocol (version 1 or 2), which names the client's address. Only
 *     {@code proxies} may connect then
 * @param correlationFromRequestId whether an {@code X-Request-Id} that is a UUID becomes the correlation of the events that the request
 *     causes. Only for servers behind something that writes that header itself; otherwise callers can add events to the correlations of
 *     others
 */
public record HttpConfig(
        String host,
        int port,
        String publicUrl,
        String tlsCertificate,
        String tlsKey,
        int bodyBytesMax,
        int requestLineBytesMax,
        int headerBytesMax,
        int connectionsMax,
        int connectionsPerAddress,
        Duration headerDeadline,
        Duration requestDeadline,
        Duration idleTimeout,
        List<String> corsOrigins,
        List<String> proxies,
        boolean proxyProtocol,
        boolean correlationFromRequestId) {

    /** The default settings. */
    public static final HttpConfig DEFAULT = new HttpConfig(
            "127.0.0.1",
            8080,
            "",
            "",
            "",
            1024 * 1024,
            4096,
            8192,
            20_000,
            1_000,
            Duration.ofSeconds(10),
            Duration.ofSeconds(15),
            Duration.ofSeconds(60),
            List.of(),
            List.of(),
            false,
            false);

    private static final int PORT_MAX = 65_535;

    /** Rejects invalid ports, bounds below one, times that are not positive, and half a TLS pair. */
    public HttpConfig {
        if (host.isBlank()) {
            throw new IllegalArgumentException("http.host: empty (expected: an address to listen on)");
        }
        if (port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException("http.port: " + port + " (expected: 0 to " + PORT_MAX + ")");
        }
        if (!publicUrl.isEmpty() && !isOrigin(publicUrl)) {
            throw new IllegalArgumentException(
                    "http.public-url: " + publicUrl + " (expected: http(s)://host[:port] without a path)");
        }
        if (tlsCertificate.isEmpty() != tlsKey.isEmpty()) {
            throw new IllegalArgumentException(
                    "http.tls-key: set without its pair (expected: http.tls-certificate too)");
        }
        atLeastOne("http.body-bytes-max", bodyBytesMax);
        atLeastOne("http.request-line-bytes-max", requestLineBytesMax);
        atLeastOne("http.header-bytes-max", headerBytesMax);
        atLeastOne("http.connections-max", connectionsMax);
        atLeastOne("http.connections-per-address", connectionsPerAddress);
        positive("http.header-deadline", headerDeadline);
        positive("http.request-deadline", requestDeadline);
        positive("http.idle-timeout", idleTimeout);
        corsOrigins = List.copyOf(corsOrigins);
        corsOrigins.forEach(HttpConfig::checkOrigin);
        proxies = List.copyOf(proxies);
        proxies.forEach(HttpConfig::checkProxy);
        if (proxyProtocol && proxies.isEmpty()) {
            throw new IllegalArgumentException(
                    "http.proxy-protocol: true (expected: http.proxies too, the addresses that may connect)");
        }
    }

    /** Whether this server encrypts connections. */
    public boolean tls() {
        return !tlsCertificate.isEmpty();
    }

    /** Whether the connection of browsers is encrypted, to this server or to a proxy before it. */
    public boolean secure() {
        return tls() || publicUrl.startsWith("https:");
    }

    /* "*" and "null" would allow any site. */
    private static void checkOrigin(String origin) {
        if (!isOrigin(origin) || !origin.equals(origin.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "http.cors-origins: " + origin + " (expected: http(s)://host[:port] in lower case without a path)");
        }
    }

    private static void checkProxy(String proxy) {
        if (!TrustedProxies.wellFormed(proxy)) {
            throw new IllegalArgumentException(
                    "http.proxies: " + proxy + " (expected: an IP address, or a network such as 10.0.0.0/8)");
        }
    }

    private static boolean isOrigin(String url) {
        try {
            var uri = URI.create(url);
            var known = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return known
                    && uri.getHost() != null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void atLeastOne(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(key + ": " + value + " (expected: at least 1)");
        }
    }

    private static void positive(String key, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(key + ": " + value + " (expected: more than 0)");
        }
    }
}
