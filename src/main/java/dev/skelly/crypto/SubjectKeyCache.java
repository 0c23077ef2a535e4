package dev.skelly.crypto;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Opened keys, for a short while and not too many; that a subject has none is remembered likewise. Safe on any thread. */
final class SubjectKeyCache {

    /** A key, or that there is none. */
    record CachedKey(Optional<byte[]> key, long untilNanos) {}

    private final long lifeNanos;
    private final Cache<String, CachedKey> held;
    private long forgettings; // Guarded by this object, as are changes of what is held.

    SubjectKeyCache(PrivacyConfig config, LongSupplier nanos) {
        this.lifeNanos = config.keyLife().toNanos();
        this.held = Caffeine.newBuilder()
                .maximumSize(config.keysMax())
                .expireAfterWrite(
                        config.keyLife()) // Only memory: what is still good says Held, which counts from the question.
                .ticker(nanos::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /** What is known of a subject's key; null for nothing. */
    @Nullable
    CachedKey get(String subject, long nowNanos) {
        var found = held.getIfPresent(subject);
        return found == null || nowNanos - found.untilNanos() >= 0 ? null : found;
    }

    /** How often something was forgotten so far. */
    synchronized long forgettings() {
        return forgettings;
    }

    /**
     * Holds an answer, unless something was forgotten since it was asked for: the answer may be older than that.
     *
     * @return the answer, held or not
     */
    synchronized Map<String, CachedKey> hold(
            Set<String> asked, Map<String, byte[]> keys, long askedNanos, long forgettingsThen) {
        var answer = new HashMap<String, CachedKey>();
        for (var subject : asked) {
            answer.put(subject, new CachedKey(Optional.ofNullable(keys.get(subject)), askedNanos + lifeNanos));
        }
        if (forgettings == forgettingsThen) {
            held.putAll(answer);
        }
        return answer;
    }

    synchronized void forget(Collection<String> subjects) {
        forgettings++;
        held.invalidateAll(subjects);
    }
}
