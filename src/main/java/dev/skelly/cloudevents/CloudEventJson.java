package dev.skelly.cloudevents;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.event.StoredEvent;

/** Appends an event in JSON to a text: on one line when the data is. Not thread-safe. */
public final class CloudEventJson {

    private final StringBuilder text;

    /**
     * Appends the attributes that every form has.
     *
     * @param withActor whether to tell which account caused the event
     */
    public CloudEventJson(StoredEvent event, boolean withActor, StringBuilder text) {
        this.text = text.append('{');
        CloudEventAttributes.forEach(event, withActor, this::attribute);
    }

    /** Appends another attribute: a {@link Long} as a number, any other value as a string. */
    @CanIgnoreReturnValue
    public CloudEventJson attribute(String name, Object value) {
        text.append(text.charAt(text.length() - 1) == '{' ? "\"" : ",\"")
                .append(name)
                .append("\":");
        if (value instanceof Long number) {
            text.append(number.longValue());
        } else {
            text.append('"');
            JsonStringEncoder.getInstance().quoteAsString(value.toString(), text);
            text.append('"');
        }
        return this;
    }

    /** Appends the data, JSON text, and ends the event. */
    public void data(String json) {
        text.append(",\"data\":").append(json).append('}');
    }
}
