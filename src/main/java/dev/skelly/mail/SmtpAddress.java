package dev.skelly.mail;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A mail server.
 *
 * @param host name or address
 * @param port TCP port
 * @param encrypted TLS from the first byte ({@code smtps})
 * @param user null without authentication
 * @param password null exactly when {@code user} is
 */
record SmtpAddress(
        String host,
        int port,
        boolean encrypted,
        @Nullable String user,
        @Nullable String password) {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int SMTP = 25;
    private static final int SMTPS = 465;

    /**
     * Parses {@code smtp://user:password@host:port} or {@code smtps://…}; user and password percent-encoded, port optional.
     *
     * @throws IllegalArgumentException whose message omits the address, because it may contain a password
     */
    static SmtpAddress parse(String url) {
        try {
            var uri = new URI(url);
            var encrypted = "smtps".equals(uri.getScheme());
            var host = uri.getHost();
            if (host == null
                    || !(encrypted || "smtp".equals(uri.getScheme()))
                    || !uri.getPath().isEmpty()) {
                throw malformed();
            }
            var credentials = credentials(uri.getRawUserInfo());
            var port = uri.getPort() < 0 ? encrypted ? SMTPS : SMTP : uri.getPort();
            return new SmtpAddress(host, port, encrypted, credentials[0], credentials[1]);
        } catch (URISyntaxException e) {
            throw malformed();
        }
    }

    private static @Nullable String[] credentials(@Nullable String userInfo) {
        if (userInfo == null) {
            return new @Nullable String[2];
        }
        var colon = userInfo.indexOf(':');
        if (colon < 1) {
            throw malformed();
        }
        return new @Nullable String[] {decode(userInfo.substring(0, colon)), decode(userInfo.substring(colon + 1))};
    }

    /* URLDecoder is made for forms, where a plus means a space. */
    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException(
                "mail.smtp-url: not readable (expected: smtp://user:password@host:port or smtps://…, user and password percent-encoded)");
    }

    /** Tells whether the connection stays on this machine. */
    boolean local() {
        return LOOPBACK.contains(host);
    }

    /** Omits the password. */
    @Override
    public String toString() {
        return (encrypted ? "smtps://" : "smtp://") + host + ":" + port;
    }
}
