package dev.skelly.event;

/**
 * An event: something that happened, named in the past tense and never changed afterwards.
 *
 * <p>Each feature declares its events as records nested in one sealed interface, each with an {@link EventName}. The record's components
 * are the event's {@code data}, written as JSON. They contain only what every reader of the audience may see.
 */
public interface Event {

    /** The subject as {@code kind:id}, e.g. {@code user:0192…}. Order is kept per subject. Stored beside the data. */
    String subject();

    /** Returns the readers of this event. Called once, when the event is appended. */
    Audience audience();
}
