package dev.skelly.schema;

import com.fasterxml.jackson.core.JsonPointer;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Converts JSON pointers from and to URI fragments (RFC 6901 section 6). */
public final class JsonPointers {

    private JsonPointers() {}

    /** Returns a name escaped for a pointer and then for a fragment. */
    public static String token(String name) {
        var escaped = name.replace("~", "~0").replace("/", "~1");
        return URLEncoder.encode(escaped, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%7E", "~");
    }

    /** Parses a fragment such as {@code #/a/b}. */
    public static JsonPointer read(String fragment) {
        var pointer = fragment.substring(1).replace("+", "%2B");
        return JsonPointer.compile(URLDecoder.decode(pointer, StandardCharsets.UTF_8));
    }

    /** Returns a pointer as a fragment. */
    public static String write(JsonPointer pointer) {
        var fragment = new StringBuilder("#");
        for (var step = pointer; !step.matches(); step = step.tail()) {
            fragment.append('/').append(token(step.getMatchingProperty()));
        }
        return fragment.toString();
    }
}
