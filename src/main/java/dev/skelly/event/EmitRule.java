package dev.skelly.event;

import java.util.Set;

/**
 * How an event comes from outside.
 *
 * @param by roles that may emit it; {@link #ANYONE} for those who are not signed in too
 * @param subject template of the subject where the emitter names none
 * @param outcome whether the emitter is told when all workers that react to it are done
 */
public record EmitRule(Set<String> by, ChannelTemplate subject, boolean outcome) {

    /** Stands for everybody, signed in or not. */
    public static final String ANYONE = "anyone";

    /** Keeps its own copy of the roles. */
    public EmitRule {
        by = Set.copyOf(by);
    }
}
