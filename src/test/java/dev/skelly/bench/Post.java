package dev.skelly.bench;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A ready-made request that publishes one event or several; only their numbers change.
 */
final class Post {

    /** Digits of a number. */
    static final int DIGITS = 8;

    /** How the data of an event begins; the number follows. */
    static final String BEGIN = "{\"n\": \"";

    private static final String ZERO = "0".repeat(DIGITS);

    private final byte[] request;
    private final int[] places; // Where the numbers begin, one for each event.

    private Post(byte[] request, int[] places) {
        this.request = request;
        this.places = places;
    }

    /** Returns the data of an event whose text is of this length. */
    static String data(int textLength) {
        return BEGIN + ZERO + "\", \"text\": \"" + "x".repeat(textLength) + "\"}";
    }

    /**
     * Makes a request.
     *
     * @param headers further ones, each with its line break
     * @param body with as many events as {@link #data} was used
     */
    static Post to(InetSocketAddress server, String path, String headers, String body) {
        var head = String.format(
                Locale.ROOT,
                "POST %s HTTP/1.1\r\nHost: %s:%d\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\n\r\n",
                path,
                server.getHostString(),
                server.getPort(),
                headers,
                body.length());
        var text = head + body;
        var places = Pattern.compile(Pattern.quote(BEGIN))
                .matcher(text)
                .results()
                .mapToInt(found -> found.end())
                .toArray();
        return new Post(text.getBytes(StandardCharsets.US_ASCII), places);
    }

    int events() {
        return places.length;
    }

    /** Returns the request with consecutive numbers, until the next call. */
    byte[] numbered(int first) {
        for (var index = 0; index < places.length; index++) {
            var rest = first + index;
            for (var digit = DIGITS - 1; digit >= 0; digit--) {
                request[places[index] + digit] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
        }
        return request;
    }
}
