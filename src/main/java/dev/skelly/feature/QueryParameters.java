package dev.skelly.feature;

import dev.skelly.event.Rfc3339;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses the query parameters of a list request and collects every fault. Not thread-safe. */
public final class QueryParameters {

    /** The default page size. */
    public static final int LIMIT_DEFAULT = 50;

    /** The maximum page size. */
    public static final int LIMIT_MAX = 200;

    private static final Pattern LIMIT = Pattern.compile("[1-9]\\d{0,2}");

    private final Request request;
    private final List<FieldError> faults = new ArrayList<>();

    /** Reads the parameters of one request. */
    public QueryParameters(Request request) {
        this.request = request;
    }

    /**
     * Reads a parameter of at most {@link Parameter#TEXT_CHARS_MAX} characters.
     *
     * @param expected the expected value, for the fault
     * @param read returns null for an invalid value
     * @return null when it is missing or invalid
     */
    public <T> @Nullable T value(String name, String expected, Function<String, @Nullable T> read) {
        return value(name, Parameter.TEXT_CHARS_MAX, expected, read);
    }

    /** Reads a parameter of at most {@link Parameter#LIST_CHARS_MAX} characters. */
    public <T> @Nullable T list(String name, String expected, Function<String, @Nullable T> read) {
        return value(name, Parameter.LIST_CHARS_MAX, expected, read);
    }

    private <T> @Nullable T value(String name, int charactersMax, String expected, Function<String, @Nullable T> read) {
        var text = request.query(name).orElse(null);
        if (text == null) {
            return null;
        }
        var value = text.isEmpty() || text.length() > charactersMax ? null : read.apply(text);
        if (value == null) {
            faults.add(new FieldError(name, "format", "must be " + expected));
        }
        return value;
    }

    /** Reads a UUID; null when it is missing or invalid. */
    public @Nullable UUID id(String name, String expected) {
        return value(name, expected, text -> Ids.read(text).orElse(null));
    }

    /** Reads a time; null when it is missing or invalid. */
    public @Nullable Instant time(String name) {
        return value(name, "an RFC 3339 time", text -> Rfc3339.time(text).orElse(null));
    }

    /** Reads the page size; the default when it is missing. */
    public int limit() {
        var asked = value("limit", "a number from 1 to " + LIMIT_MAX, QueryParameters::limit);
        return asked == null ? LIMIT_DEFAULT : asked;
    }

    /**
     * Checks the result; called after the last parameter.
     *
     * @throws Problem naming every fault, when there is one
     */
    public void check() {
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
    }

    /** Returns the {@code Link} to the next page: the same request with another cursor. */
    public static String next(Request request, String path, Collection<String> kept, String cursorName, String cursor) {
        var link = new StringBuilder("<").append(path).append('?');
        for (var name : kept) {
            request.query(name)
                    .ifPresent(value -> link.append(name)
                            .append('=')
                            .append(URLEncoder.encode(value, StandardCharsets.UTF_8))
                            .append('&'));
        }
        return link.append(cursorName)
                .append('=')
                .append(cursor)
                .append(">; rel=\"next\"")
                .toString();
    }

    private static @Nullable Integer limit(String text) {
        var number = LIMIT.matcher(text).matches() ? Integer.parseInt(text) : Integer.MAX_VALUE;
        return number > LIMIT_MAX ? null : number;
    }
}
