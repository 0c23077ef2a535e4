package dev.skelly.event;

/**
 * A fact: something that happened, told in the past tense and never changed afterwards.
 *
 * <p>Implemented by records nested in one sealed interface a feature, each with an {@link EventName}. The record's components are the
 * event's {@code data}, written as JSON; what is not for every reader of the audience does not belong there.
 */
public interface Event {

    /** Whom or what it happened to, as {@code kind:id}, e.g. {@code user:0192…}; order is kept per subject. Stored beside the data. */
    String subject();

    /** Who may see it. Asked once, when the event is appended. */
    Audience audience();
}
