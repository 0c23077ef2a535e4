package dev.skelly.node;

import dev.skelly.auth.AuthConfig;
import dev.skelly.config.RuntimeSettings;
import dev.skelly.config.Settings;
import dev.skelly.logging.Logging;
import dev.skelly.logging.LoggingConfig;
import dev.skelly.ratelimit.RateLimitConfig;
import dev.skelly.stream.StreamConfig;
import java.util.Map;
import java.util.Set;

/** The settings of this node that may change while it runs, as they are now. Safe on any thread. */
final class RuntimeConfig {

    private static final String AUTH = "auth";
    private static final String LIMITS = "ratelimit";
    private static final String LOG = "log";
    private static final String STREAM = "stream";

    private static final Set<String> KEYS = Set.of(
            "auth.registration",
            "log.level",
            "ratelimit.enabled",
            "ratelimit.per-second",
            "ratelimit.burst",
            "stream.connections-per-user",
            "stream.connections-per-address",
            "stream.connections-per-node",
            "stream.connects-per-second",
            "stream.connects-per-address",
            "stream.messages-per-second");

    private final RuntimeSettings settings;
    private volatile AuthConfig auth;
    private volatile RateLimitConfig limits;
    private volatile StreamConfig stream;
    private volatile LoggingConfig.Level level;

    RuntimeConfig(NodeConfig config) {
        this.settings = config.runtime();
        this.auth = config.auth();
        this.limits = config.rateLimit();
        this.stream = config.stream();
        this.level = settings.bind(LOG, LoggingConfig.DEFAULT, Map.of()).level();
    }

    /** Returns which settings of a start may change. */
    static RuntimeSettings of(Settings start) {
        return new RuntimeSettings(
                start,
                Map.of(
                        AUTH,
                        AuthConfig.DEFAULT,
                        LIMITS,
                        RateLimitConfig.DEFAULT,
                        LOG,
                        LoggingConfig.DEFAULT,
                        STREAM,
                        StreamConfig.DEFAULT),
                KEYS);
    }

    AuthConfig.Registration registration() {
        return auth.registration();
    }

    RateLimitConfig rateLimit() {
        return limits;
    }

    StreamConfig stream() {
        return stream;
    }

    /** Puts all changes into effect; what is not among them has its value of the start again. */
    synchronized void apply(Map<String, String> changes) {
        auth = settings.bind(AUTH, AuthConfig.DEFAULT, changes);
        stream = settings.bind(STREAM, StreamConfig.DEFAULT, changes);
        var changed = settings.bind(LIMITS, RateLimitConfig.DEFAULT, changes);
        if (!changed.equals(limits)) {
            limits = changed;
        }
        var wanted = settings.bind(LOG, LoggingConfig.DEFAULT, changes).level();
        if (wanted != level) {
            level = wanted;
            Logging.level(wanted);
        }
    }
}
