package dev.skelly.http;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An origin of web pages: scheme, host and port (RFC 6454). The default port of the scheme is the same as none.
 *
 * @param scheme in lower case
 * @param host in lower case
 * @param port -1 if the scheme has no default and none was given
 */
record WebOrigin(String scheme, String host, int port) {

    private static final Map<String, Integer> DEFAULTS = Map.of("http", 80, "https", 443);

    /** Returns an origin; a port that is not positive is the default one. */
    static WebOrigin of(String scheme, String host, int port) {
        var lower = scheme.toLowerCase(Locale.ROOT);
        return new WebOrigin(lower, host.toLowerCase(Locale.ROOT), port > 0 ? port : DEFAULTS.getOrDefault(lower, -1));
    }

    /** Parses an origin; empty for other values, such as the {@code null} of a sandboxed page. */
    static Optional<WebOrigin> of(String text) {
        try {
            var uri = URI.create(text);
            var whole = uri.getScheme() + "://" + uri.getRawAuthority();
            return uri.getHost() == null || uri.getRawUserInfo() != null || !whole.equals(text)
                    ? Optional.empty()
                    : Optional.of(of(uri.getScheme(), uri.getHost(), uri.getPort()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
