package dev.skelly.feature;

import io.vertx.core.Future;
import java.util.Set;

/**
 * Reacts to events: runs at least once and has one effect for each event.
 *
 * <p>The effect is the commands in {@link WorkResult#done}: they run in one transaction with the record that this event is done, so a
 * repeated delivery has one effect. Work outside the database (a mail) happens before that record and may be repeated when the process dies
 * in between.
 *
 * <p>Events that wait at the same time share one transaction. When that fails, each gets one of its own.
 */
public interface Worker {

    /** Stands for every type. */
    String ALL = "*";

    /** One lower-case, hyphenated word, unique in the process; names the queue {@code skelly.work.<name>}. */
    String name();

    /** The event types it reacts to; {@code *} alone means all. */
    Set<String> types();

    /** Prefixes of type names, such as {@code ui.}, that it ignores when it reacts to all. */
    default Set<String> allBut() {
        return Set.of();
    }

    /** Returns whether it reacts to events of this type. */
    default boolean reactsTo(String type) {
        return types().contains(type)
                || (types().contains(ALL) && allBut().stream().noneMatch(type::startsWith));
    }

    /**
     * Returns whether the commands in its results are its only effects. Its events then need no claim before the work, as long as no process
     * is killed; an attempt that a killed process made may not be counted.
     */
    default boolean commandsOnly() {
        return false;
    }

    /**
     * Returns whether the events of one subject are handled one after another, in the order of the log, in the whole cluster. Later events
     * of a subject wait until an earlier one is done, or its dead letter is discarded; other subjects go on.
     */
    default boolean ordered() {
        return false;
    }

    /**
     * Returns whether an event may be handled again by a replay, and events that a replay causes at all: handling one twice has the effect of once,
     * or an effect that is wanted twice. Only for workers that are {@link #commandsOnly}, so that a dry run has no
     * effect; their commands hold no secrets, because a dry run shows them.
     */
    default boolean replayable() {
        return false;
    }

    /** Handles an event. A failed future, an exception or a timeout counts as {@code later} with the delay of the retry policy. */
    Future<WorkResult> work(EventDelivery delivery);
}
