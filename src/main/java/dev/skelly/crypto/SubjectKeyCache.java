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

/** Caches a bounded number of decrypted keys for a short time, and also that a subject has no key. Safe on any thread. */
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
                        config.keyLife()) // Bounds memory only: Held has the expiry, counted from the start of the
                // query.
                .ticker(nanos::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /** Returns the cached entry of a subject; null without one. */
    @Nullable
    CachedKey get(String subject, long nowNanos) {
        var found = held.getIfPresent(subject);
        return found == null || nowNanos - found.untilNanos() >= 0 ? null : found;
    }

    /** Returns the number of removals so far. */
    synchronized long forgettings() {
        return forgettings;
    }

    /**
     * Caches the result of a query, unless an entry was removed since the query started, because the result may be older than the removal.
     *
     * @return the result, cached or not
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
