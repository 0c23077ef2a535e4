package dev.skelly.worker;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The product's retries by their default settings, for simulations. */
public final class SimulatedRetries {

    private final RetryPolicy policy;

    /** Creates them. */
    public SimulatedRetries(RandomGenerator random) {
        policy = new RetryPolicy(WorkerConfig.DEFAULT.retry(), random);
    }

    /** Returns the pause after an attempt failed; empty after the last one, when the event is a dead letter. */
    public Optional<Duration> after(int attempt) {
        return policy.after(attempt);
    }
}
