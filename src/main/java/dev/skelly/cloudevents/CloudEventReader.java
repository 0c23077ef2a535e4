package dev.skelly.cloudevents;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.event.Rfc3339;
import dev.skelly.event.TraceParent;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Ids;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Request;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the attributes of one event from any form, and collects all errors. What is read is of use only without errors. Not thread-safe. */
public abstract class CloudEventReader {

    static final Pattern EXTENSION = Pattern.compile("[a-z0-9]{1,100}");

    private static final int TEXT_CHARS_MAX = 200;
    private static final UUID NO_ID = new UUID(0, 0);
    private static final Set<String> STAMPED = Set.of(
            CloudEventAttributes.ACTOR,
            CloudEventAttributes.CORRELATION,
            CloudEventAttributes.CAUSATION,
            CloudEventAttributes.POSITION,
            CloudEventAttributes.SUBJECT_VERSION);

    private final String place;
    private final int charsMax;
    private final List<FieldError> faults = new ArrayList<>();

    /**
     * Creates a reader.
     *
     * @param place what the pointer of an error has before the name
     * @param charsMax of a text
     */
    CloudEventReader(String place, int charsMax) {
        this.place = place;
        this.charsMax = charsMax;
    }

    /**
     * Reads an event in our own form, in which other fields and nulls are errors.
     *
     * @throws Problem 422 when it is not an object
     */
    public static CloudEventReader own(JsonNode event) {
        var fields = new JsonAttributes(event, false, "#/", TEXT_CHARS_MAX);
        fields.checkOwn();
        return fields;
    }

    /**
     * Reads an event in structured mode. Ignores extensions of others, but validates their names and values (decision note 0240).
     *
     * @throws Problem 422 when it is not an object
     */
    public static CloudEventReader structured(JsonNode event) {
        var attributes = new JsonAttributes(event, true, "#/", TEXT_CHARS_MAX);
        attributes.checkExtensions();
        return attributes;
    }

    /** Reads an event in binary mode: its attributes are in headers. Treats extensions as {@link #structured} does. */
    public static CloudEventReader binary(Request request) {
        var attributes = new HeaderAttributes(request, TEXT_CHARS_MAX);
        attributes.checkExtensions();
        return attributes;
    }

    /**
     * Reads an event that was exported. Its attributes may be the ones of the log, and have any length.
     *
     * @throws Problem 422 when it is not an object
     */
    public static CloudEventReader exported(JsonNode event) {
        return new JsonAttributes(event, true, "", Integer.MAX_VALUE);
    }

    /** Returns a value as sent; null when the attribute is absent. */
    abstract @Nullable Object value(String name);

    /** Returns the text of a value; null after an error. */
    @CanIgnoreReturnValue
    abstract @Nullable String text(String name, Object value);

    /** Returns whether an attribute is present. */
    public final boolean has(String name) {
        return value(name) != null;
    }

    /** Returns an optional text; null when it is absent, and after an error. */
    public final @Nullable String optional(String name) {
        var value = value(name);
        var text = value == null ? null : text(name, value);
        if (text != null && (text.isEmpty() || text.length() > charsMax)) {
            fault(
                    name,
                    "length",
                    charsMax == Integer.MAX_VALUE ? "must not be empty" : "must have 1 to " + charsMax + " characters");
            return null;
        }
        return text;
    }

    /** Returns a required text; empty after an error. */
    public final String required(String name) {
        requirePresent(name);
        var text = optional(name);
        return text == null ? "" : text;
    }

    private void requirePresent(String name) {
        if (!has(name)) {
            fault(name, "required", "must be given");
        }
    }

    /** Checks the form of an optional text of any length. */
    final void checkText(String name) {
        var value = value(name);
        if (value != null) {
            text(name, value);
        }
    }

    /** Checks the required source, a URI reference, and the optional schema of the data, a URI. Neither is used, and both have any length. */
    public final void checkUris() {
        requirePresent(CloudEventAttributes.SOURCE);
        checkUri(CloudEventAttributes.SOURCE, UriReference::is, "must be a URI reference");
        checkUri(CloudEventAttributes.DATASCHEMA, UriReference::isAbsolute, "must be an absolute URI");
    }

    private void checkUri(String name, Predicate<String> accepted, String expected) {
        var value = value(name);
        var text = value == null ? null : text(name, value);
        if (value != null && text != null && !isAccepted(value, text, accepted)) {
            fault(name, "format", expected);
        }
    }

    /** Returns whether a URI is accepted, of which {@code text} is the text of {@code value}. */
    boolean isAccepted(Object value, String text, Predicate<String> accepted) {
        return accepted.test(text);
    }

    /** Requires the version of CloudEvents that is read. */
    public final void requireVersion() {
        var version = required(CloudEventAttributes.SPECVERSION);
        if (!version.isEmpty() && !version.equals(CloudEventAttributes.VERSION)) {
            fault(CloudEventAttributes.SPECVERSION, "const", "must be " + CloudEventAttributes.VERSION);
        }
    }

    /** Returns an optional id; null when it is absent, and after an error. */
    public final @Nullable UUID id(String name) {
        var text = optional(name);
        var id = text == null ? null : Ids.read(text).orElse(null);
        if (text != null && id == null) {
            fault(name, "format", "must be a UUID");
        }
        return id;
    }

    /** Returns a required id; zeros after an error. */
    public final UUID requiredId(String name) {
        requirePresent(name);
        var id = id(name);
        return id == null ? NO_ID : id;
    }

    /** Returns a required whole number from 0 to {@code max}; 0 after an error. */
    final long number(String name, long max) {
        var text = required(name);
        try {
            var number = text.isEmpty() ? 0 : Long.parseLong(text);
            if (number >= 0 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        fault(name, "format", "must be a whole number from 0 to " + max);
        return 0;
    }

    /**
     * Returns the required time; the epoch after an error.
     *
     * @param expected for the error, e.g. {@code an RFC 3339 time}
     */
    @CanIgnoreReturnValue
    public final Instant time(String expected, Predicate<Instant> accepted) {
        var text = required(CloudEventAttributes.TIME);
        var time = text.isEmpty()
                ? Instant.EPOCH
                : Rfc3339.time(text).filter(accepted).orElse(null);
        if (time == null) {
            fault(CloudEventAttributes.TIME, "format", "must be " + expected);
        }
        return time == null ? Instant.EPOCH : time;
    }

    /** Returns the trace context; null when it is absent, and after an error. */
    public final @Nullable String trace() {
        var trace = optional(CloudEventAttributes.TRACEPARENT);
        if (trace != null && !TraceParent.isSound(trace)) {
            fault(CloudEventAttributes.TRACEPARENT, "format", "must have the form of W3C Trace Context");
        }
        return trace;
    }

    /** Adds an error if senders cannot choose this attribute. */
    final boolean isStamped(String name) {
        var stamped = STAMPED.contains(name);
        if (stamped) {
            fault(name, "stamped", "is set by the server and cannot be sent");
        }
        return stamped;
    }

    final void fault(String name, String code, String detail) {
        faults.add(new FieldError(place + name, code, detail));
    }

    /** Returns all errors so far. */
    public final List<FieldError> faults() {
        return List.copyOf(faults);
    }

    /**
     * Ends the reading.
     *
     * @throws Problem 422 with all errors, if there are any
     */
    public final void check() {
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
    }
}
