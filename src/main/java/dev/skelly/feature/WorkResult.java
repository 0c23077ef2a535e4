package dev.skelly.feature;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a worker's run ended. Adding a case breaks every caller of {@link #match} until it answers. */
public sealed interface WorkResult {

    /**
     * Handled. The commands run in one transaction with the note that the event is done.
     *
     * @param commands the effect inside the database, possibly none
     */
    record Done(List<Command<?>> commands) implements WorkResult {
        /** Keeps its own copy. */
        public Done {
            commands = List.copyOf(commands);
        }
    }

    /**
     * Not now; run again. Uses up one attempt.
     *
     * @param delay null for the retry schedule's own
     * @param why for the operator
     */
    record Later(@Nullable Duration delay, String why) implements WorkResult {}

    /**
     * Never; goes to the dead letters at once.
     *
     * @param why for the operator
     */
    record Refused(String why) implements WorkResult {}

    /** Handled, with this effect in the database. */
    static WorkResult done(Command<?>... commands) {
        return new Done(List.of(commands));
    }

    /** Not now; by the retry schedule. */
    static WorkResult retry(String why) {
        return new Later(null, why);
    }

    /** Never. */
    static WorkResult reject(String why) {
        return new Refused(why);
    }

    /** Answers each case. */
    default <R> R match(
            Function<Done, ? extends R> done,
            Function<Later, ? extends R> later,
            Function<Refused, ? extends R> refused) {
        if (this instanceof Done handled) {
            return done.apply(handled);
        }
        return this instanceof Later again ? later.apply(again) : refused.apply((Refused) this);
    }
}
