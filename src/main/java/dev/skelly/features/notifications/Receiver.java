package dev.skelly.features.notifications;

import dev.skelly.event.ChannelTemplate;

/** To whom a notification goes. */
sealed interface Receiver {

    /** The person that the event's subject names. */
    String SUBJECT = "subject";

    /** The account that caused the event. */
    String ACTOR = "actor";

    /**
     * One person.
     *
     * @param named {@link #SUBJECT}, {@link #ACTOR}, or the field of the data that has the account's id
     */
    record Person(String named) implements Receiver {}

    /** All who have a role. */
    record Holders(String role) implements Receiver {}

    /**
     * All who may read a topic.
     *
     * @param topic whose placeholders are fields of the data
     */
    record Readers(ChannelTemplate topic) implements Receiver {}
}
