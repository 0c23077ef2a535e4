package dev.skelly.stream;

import dev.skelly.auth.Authorization;
import dev.skelly.feature.EventEmitter;
import dev.skelly.feature.NodeEnvironment;
import dev.skelly.ratelimit.RateLimiter;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What all streams of a node share.
 *
 * @param emitter emits events for WebSockets; empty where no feature emits any
 */
record StreamServices(
        NodeEnvironment environment,
        StreamConfig config,
        Feed feed,
        Authorization rights,
        StreamAuthenticator authenticator,
        ConnectionLimiter admissions,
        RateLimiter limits,
        Supplier<Optional<EventEmitter>> emitter) {}
