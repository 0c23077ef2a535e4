package dev.skelly.cloudevents;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.skelly.event.StoredEvent;

/** Appends an event in JSON to a text: on one line when the data is. Not thread-safe. */
public final class CloudEventJson implements CloudEventAttributes.Sink {

    private static final String START =
            "{\"" + CloudEventAttributes.SPECVERSION + "\":\"" + CloudEventAttributes.VERSION + '"';

    private final StringBuilder json;

    /** Appends the attributes that every event has in a form. */
    public CloudEventJson(StoredEvent event, CloudEventForm form, StringBuilder json) {
        this.json = json;
        json.append(START);
        CloudEventAttributes.write(event, form, this);
    }

    @Override
    public void text(String name, String value) {
        json.append(",\"").append(name).append("\":\"");
        JsonStringEncoder.getInstance().quoteAsString(value, json);
        json.append('"');
    }

    @Override
    public void number(String name, long value) {
        json.append(",\"").append(name).append("\":").append(value);
    }

    /** Appends the data, JSON text, and ends the event. */
    public void data(String data) {
        json.append(",\"data\":").append(data).append('}');
    }
}
