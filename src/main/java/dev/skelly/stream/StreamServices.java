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
 * @param settings returns the settings as they are now: the limits among them may change
 */
record StreamServices(
        NodeEnvironment environment,
        Supplier<StreamConfig> settings,
        Feed feed,
        Authorization rights,
        StreamAuthenticator authenticator,
        ConnectionLimiter admissions,
        StreamEndpoint.StreamPeers peers) {

    StreamConfig config() {
        return settings.get();
    }

    RateLimiter limits() {
        return peers.limits();
    }

    LiveTopics topics() {
        return peers.access().topics();
    }

    /** Returns what emits events for WebSockets; empty where no feature emits any. */
    Optional<EventEmitter> emitter() {
        return peers.emitter().get();
    }
}
