package dev.skelly.stream;

import dev.skelly.auth.SecurityConfig;
import java.time.Duration;

/** Settings of streams and tokens: the defaults, but for what a test says. */
final class StreamSettings {

    private StreamSettings() {}

    /** Streams with this heartbeat. */
    static StreamConfig beats(Duration heartbeat) {
        return of(heartbeat, StreamConfig.DEFAULT.messagesPerSecond(), StreamConfig.DEFAULT.ringEventsMax());
    }

    /** WebSockets that may send so many messages a second. */
    static StreamConfig messages(int perSecond) {
        return of(StreamConfig.DEFAULT.heartbeat(), perSecond, StreamConfig.DEFAULT.ringEventsMax());
    }

    /** Streams that find only so many events in memory, and may change often. */
    static StreamConfig ring(int eventsMax) {
        return of(StreamConfig.DEFAULT.heartbeat(), 10_000, eventsMax);
    }

    /** So many streams of an account at most. */
    static StreamConfig perUser(int streams) {
        var d = StreamConfig.DEFAULT;
        return new StreamConfig(
                d.heartbeat(),
                d.maxAge(),
                streams,
                d.connectionsPerAddress(),
                d.connectionsPerNode(),
                d.connectsPerSecond(),
                d.connectsPerAddress(),
                d.messagesPerSecond(),
                d.behindEventsMax(),
                d.slowMax(),
                d.ringEventsMax(),
                d.ringBytesMax(),
                d.healInterval(),
                d.anonymous());
    }

    private static StreamConfig of(Duration heartbeat, int messagesPerSecond, int ringEventsMax) {
        var d = StreamConfig.DEFAULT;
        return new StreamConfig(
                heartbeat,
                d.maxAge(),
                d.connectionsPerUser(),
                d.connectionsPerAddress(),
                d.connectionsPerNode(),
                d.connectsPerSecond(),
                d.connectsPerAddress(),
                messagesPerSecond,
                d.behindEventsMax(),
                d.slowMax(),
                ringEventsMax,
                d.ringBytesMax(),
                d.healInterval(),
                d.anonymous());
    }

    /** Access tokens that live so many seconds. */
    static SecurityConfig tokens(int seconds) {
        var s = SecurityConfig.DEFAULT;
        return new SecurityConfig(
                s.masterKey(),
                s.issuer(),
                s.audience(),
                Duration.ofSeconds(seconds),
                s.tokenLeeway(),
                s.passwordMemoryKib(),
                s.passwordIterations(),
                s.passwordsAtOnce(),
                s.passwordsWaitingMax());
    }
}
