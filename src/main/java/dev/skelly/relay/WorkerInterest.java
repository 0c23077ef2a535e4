package dev.skelly.relay;

import dev.skelly.feature.Worker;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which events a worker reacts to.
 *
 * @param worker its name
 * @param types narrows what is read from the log; null reads all types
 * @param reactsTo decides by the stored type
 */
record WorkerInterest(String worker, @Nullable Set<String> types, Predicate<String> reactsTo) {

    static WorkerInterest of(Worker worker) {
        return new WorkerInterest(
                worker.name(), worker.types().contains(Worker.ALL) ? null : worker.types(), worker::reactsTo);
    }

    boolean concerns(String type) {
        return reactsTo.test(type);
    }
}
