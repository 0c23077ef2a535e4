package dev.skelly.event;

import java.util.Set;

/**
 * Declares how clients emit an event.
 *
 * @param by roles that may emit it; {@link #ANYONE} includes callers without a login
 * @param subject template of the subject when the emitter names none
 * @param outcome whether the emitter is notified when all workers that react to the event are done
 */
public record EmitRule(Set<String> by, ChannelTemplate subject, boolean outcome) {

    /** Stands for every caller, with or without a login. */
    public static final String ANYONE = "anyone";

    /** Copies the roles. */
    public EmitRule {
        by = Set.copyOf(by);
    }
}
