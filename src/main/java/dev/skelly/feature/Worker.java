package dev.skelly.feature;

import io.vertx.core.Future;
import java.util.Set;

/**
 * A reaction to events: at least once, one effect for each event.
 *
 * <p>The effect is what {@link WorkResult#done} carries: those commands run in one transaction with the note that this event is done, so
 * whatever is delivered twice has one effect. What a worker does outside (a mail) happens before that note and may, when the process
 * dies in between, happen again.
 */
public interface Worker {

    /** Stands for every type. */
    String ALL = "*";

    /** One lower-case, hyphenated word, unique in the process; names the queue {@code skelly.work.<name>}. */
    String name();

    /** The event types it reacts to; {@code *} alone means all. */
    Set<String> types();

    /** What it leaves out when it reacts to all: beginnings of type names, such as {@code ui.}. */
    default Set<String> allBut() {
        return Set.of();
    }

    /** Whether an event of this type is for it. */
    default boolean reactsTo(String type) {
        return types().contains(type)
                || (types().contains(ALL) && allBut().stream().noneMatch(type::startsWith));
    }

    /** Reacts. A failed future, a throw or no answer within the time limit counts as {@code later} by the retry schedule. */
    Future<WorkResult> work(EventDelivery delivery);
}
