package dev.skelly.stream;

import dev.skelly.auth.Authorization;
import dev.skelly.feature.EventEmitter;
import dev.skelly.feature.NodeEnvironment;
import dev.skelly.ratelimit.RateLimiter;
import java.util.Optional;

/** What all streams of a node share. */
record StreamServices(
        NodeEnvironment environment,
        StreamConfig config,
        Feed feed,
        Authorization rights,
        StreamAuthenticator authenticator,
        ConnectionLimiter admissions,
        StreamEndpoint.StreamPeers peers) {

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
