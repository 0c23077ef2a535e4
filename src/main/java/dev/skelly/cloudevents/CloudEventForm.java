package dev.skelly.cloudevents;

/** For whom an event is written, which decides what they learn beside its content. */
public enum CloudEventForm {
    /** For readers of streams and of history, who do not learn which account caused it. */
    READER,
    /** For operators, with its channels and the version of its data. */
    EXPORT,
    /** For workers, with its position. A message has its own field for the content type. */
    BROKER
}
