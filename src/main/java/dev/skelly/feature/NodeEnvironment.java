package dev.skelly.feature;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.skelly.event.Json;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What every part of a node is built with: its name, clock, ids, random numbers, JSON and metrics.
 *
 * @param node name of this node, unique among all that run
 * @param clock the time of day
 * @param ids UUIDv7
 * @param random for delays; secrets have a {@link SecureRandom} of their own
 * @param json reads and writes JSON as {@link Json} sets it up
 * @param meters takes the figures of {@code /metrics}
 */
public record NodeEnvironment(
        String node, Clock clock, Supplier<UUID> ids, RandomGenerator random, JsonMapper json, MeterRegistry meters) {

    /** The system's clock, UUIDv7, and a new name of the node. */
    public static NodeEnvironment of(MeterRegistry meters) {
        Supplier<UUID> ids = UuidCreator::getTimeOrderedEpoch;
        return new NodeEnvironment(
                ids.get().toString(), Clock.systemUTC(), ids, new SecureRandom(), Json.mapper(), meters);
    }

    /** The same under another name. */
    public NodeEnvironment named(String name) {
        return new NodeEnvironment(name, clock, ids, random, json, meters);
    }

    /** The same with another clock. */
    public NodeEnvironment at(Clock other) {
        return new NodeEnvironment(node, other, ids, random, json, meters);
    }
}
