package dev.skelly.cloudevents;

import dev.skelly.feature.Request;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Attributes in headers of a request, percent-encoded. An empty one counts as absent, unless no URI is empty. */
final class HeaderAttributes extends CloudEventReader {

    private static final String PREFIX = "ce-";

    /** The attributes that are read, and so checked, one by one. */
    private static final Set<String> READ = Set.of(
            CloudEventAttributes.SPECVERSION,
            CloudEventAttributes.ID,
            CloudEventAttributes.SOURCE,
            CloudEventAttributes.TYPE,
            CloudEventAttributes.SUBJECT,
            CloudEventAttributes.TIME,
            CloudEventAttributes.DATASCHEMA,
            CloudEventAttributes.CHANNEL);

    private final Request request;

    HeaderAttributes(Request request, int charsMax) {
        super(PREFIX, charsMax);
        this.request = request;
    }

    static boolean areIn(Request request) {
        return request.header(PREFIX + CloudEventAttributes.SPECVERSION).isPresent();
    }

    /* A header whose name no extension can have belongs to another program. */
    void checkExtensions() {
        for (var header : request.headerNames()) {
            var name = header.startsWith(PREFIX) ? header.substring(PREFIX.length()) : "";
            if (!isStamped(name)
                    && !READ.contains(name)
                    && EXTENSION.matcher(name).matches()) {
                checkText(name);
            }
        }
    }

    @Override
    @Nullable
    Object value(String name) {
        return request.header(PREFIX + name)
                .filter(text -> !text.isEmpty() || name.equals(CloudEventAttributes.DATASCHEMA))
                .orElse(null);
    }

    /* Some senders, such as the SDK for JavaScript, do not encode the percent signs of a URI once more. */
    @Override
    boolean isAccepted(Object value, String text, Predicate<String> accepted) {
        return accepted.test(text) || (!text.isBlank() && accepted.test(value.toString()));
    }

    @Override
    @Nullable
    String text(String name, Object value) {
        var text = PercentDecoder.decode(value.toString());
        if (text.isEmpty()) {
            fault(name, "format", "must be percent-encoded UTF-8");
        }
        return text.orElse(null);
    }
}
