package dev.skelly.feature;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The result of a worker's run. Adding a case breaks every caller of {@link #match} until it handles the case. */
public sealed interface WorkResult {

    /**
     * Success. The commands run in one transaction with the record that the event is done.
     *
     * @param commands the effect inside the database, may be empty
     */
    record Done(List<Command<?>> commands) implements WorkResult {
        /** Copies the list. */
        public Done {
            commands = List.copyOf(commands);
        }
    }

    /**
     * A temporary failure; the run is repeated. Uses up one attempt.
     *
     * @param delay null for the delay of the retry policy
     * @param why for the operator
     */
    record Later(@Nullable Duration delay, String why) implements WorkResult {}

    /**
     * A permanent failure; the event becomes a dead letter at once.
     *
     * @param why for the operator
     */
    record Refused(String why) implements WorkResult {}

    /** Returns success with this effect in the database. */
    static WorkResult done(Command<?>... commands) {
        return new Done(List.of(commands));
    }

    /** Returns a temporary failure with the delay of the retry policy. */
    static WorkResult retry(String why) {
        return new Later(null, why);
    }

    /** Returns a permanent failure. */
    static WorkResult reject(String why) {
        return new Refused(why);
    }

    /** Calls the function of this case. */
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
