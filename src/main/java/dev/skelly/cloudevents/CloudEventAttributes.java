package dev.skelly.cloudevents;

import dev.skelly.event.StoredEvent;
import dev.skelly.event.Topic;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The names of an event's attributes, and their values for a stored event. */
public final class CloudEventAttributes {

    /** The version of CloudEvents that is written and read. */
    public static final String VERSION = "1.0";

    /** The media type of an event's data. */
    public static final String JSON = "application/json";

    /** The media type of an event in structured mode. */
    public static final String STRUCTURED = "application/cloudevents+json";

    /** The media type of a list of events in structured mode. */
    public static final String BATCH = "application/cloudevents-batch+json";

    public static final String SPECVERSION = "specversion";
    public static final String ID = "id";
    public static final String SOURCE = "source";
    public static final String TYPE = "type";
    public static final String SUBJECT = "subject";
    public static final String TIME = "time";
    public static final String DATASCHEMA = "dataschema";
    public static final String DATACONTENTTYPE = "datacontenttype";
    public static final String DATA = "data";

    /** Our extensions. A sender of an event may choose only the channel. */
    public static final String CORRELATION = "correlationid";

    public static final String CAUSATION = "causationid";
    public static final String ACTOR = "actor";
    public static final String TRACEPARENT = "traceparent";
    public static final String SUBJECT_VERSION = "subjectversion";
    public static final String POSITION = "position";
    public static final String DATA_VERSION = "dataversion";
    public static final String CHANNELS = "channels";
    public static final String CHANNEL = "channel";
    public static final String TOPICS = "topics";
    public static final String CURSOR = "cursor";
    public static final String SENSITIVE = "sensitive";
    public static final String RETENTION = "retention";
    public static final String PROOF = "proof";

    private CloudEventAttributes() {}

    /** Receives attributes. */
    interface Sink {

        void text(String name, String value);

        void number(String name, long value);
    }

    /** Passes the attributes of an event, after the version, to {@code sink}, in the order in which all forms write them. */
    static void write(StoredEvent event, CloudEventForm form, Sink sink) {
        sink.text(ID, event.id().toString());
        sink.text(SOURCE, event.source());
        sink.text(TYPE, event.type());
        sink.text(SUBJECT, event.subject());
        sink.text(TIME, event.time().toString());
        if (form == CloudEventForm.BROKER) {
            sink.number(POSITION, event.position());
            sink.number(DATA_VERSION, event.version());
        } else {
            sink.text(DATACONTENTTYPE, JSON);
        }
        sink.text(CORRELATION, event.correlation().toString());
        var causation = event.causation();
        if (causation != null) {
            sink.text(CAUSATION, causation.toString());
        }
        var actor = form == CloudEventForm.READER ? null : event.actor();
        if (actor != null) {
            sink.text(ACTOR, actor.toString());
        }
        var trace = event.traceparent();
        if (trace != null) {
            sink.text(TRACEPARENT, trace);
        }
        sink.number(SUBJECT_VERSION, event.subjectVersion());
        if (form == CloudEventForm.EXPORT) {
            sink.number(DATA_VERSION, event.version());
            sink.text(CHANNELS, String.join(" ", event.channels()));
        }
        var topics = form == CloudEventForm.READER ? topics(event) : null;
        if (topics != null) {
            sink.text(TOPICS, topics);
        }
    }

    /** Returns the topics of an event, separated by spaces; null if there are none. */
    static @Nullable String topics(StoredEvent event) {
        var topics = event.channels().stream().filter(Topic::named).collect(Collectors.joining(" "));
        return topics.isEmpty() ? null : topics;
    }
}
