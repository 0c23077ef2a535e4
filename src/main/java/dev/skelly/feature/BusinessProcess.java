package dev.skelly.feature;

import java.util.List;
import java.util.Set;

/**
 * Leads a business process: answers its events with commands, and the passing of time with deadlines. It has no state of its own: what has happened
 * is in the events, and what a command finds decides what it does.
 *
 * <p>Each event has its commands once, in one transaction; a killed node loses none. Events of a process may arrive in another order than they
 * happened, and a deadline may be over just when its event arrives: so each command decides on the present state, and does nothing when there is
 * nothing left to do.
 */
public interface BusinessProcess {

    /** One lower-case, hyphenated word, unique in the process; also the name of its worker. Stored, and so it outlives the Java name. */
    String name();

    /** The event types it reacts to. */
    Set<String> types();

    /** Returns the commands that follow from an event, {@link SetDeadline} and {@link ClearDeadline} among them; none if there are none. */
    List<Command<?>> react(EventDelivery delivery);

    /** Returns whether its worker is {@link Worker#replayable}. */
    default boolean replayable() {
        return false;
    }

    /**
     * Returns the command of a deadline that is over. It is sent until it succeeds, and may be sent again after that.
     *
     * @param key what the process is about, as in {@link SetDeadline}
     * @param deadline its name
     */
    Command<?> overdue(String key, String deadline);
}
