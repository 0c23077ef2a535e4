package dev.skelly.cloudevents;

import dev.skelly.event.StoredEvent;
import java.util.function.BiConsumer;
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
    public static final String CURSOR = "cursor";

    private CloudEventAttributes() {}

    /**
     * Passes the attributes that every form has to {@code sink}, in the order in which they are written: as {@link Long} the subject's
     * version, all others with their text as {@link Object#toString}.
     *
     * @param withActor whether the form tells which account caused the event; readers of streams and history do not learn it
     */
    static void forEach(StoredEvent event, boolean withActor, BiConsumer<String, Object> sink) {
        sink.accept(SPECVERSION, VERSION);
        sink.accept(ID, event.id());
        sink.accept(SOURCE, event.source());
        sink.accept(TYPE, event.type());
        sink.accept(SUBJECT, event.subject());
        sink.accept(TIME, event.time());
        sink.accept(DATACONTENTTYPE, JSON);
        sink.accept(CORRELATION, event.correlation());
        present(CAUSATION, event.causation(), sink);
        present(ACTOR, withActor ? event.actor() : null, sink);
        present(TRACEPARENT, event.traceparent(), sink);
        sink.accept(SUBJECT_VERSION, event.subjectVersion());
    }

    private static void present(String name, @Nullable Object value, BiConsumer<String, Object> sink) {
        if (value != null) {
            sink.accept(name, value);
        }
    }
}
