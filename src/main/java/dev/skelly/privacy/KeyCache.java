package dev.skelly.privacy;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Opened keys, for a short while and not too many; that a subject has none is remembered likewise. Safe on any thread. */
final class KeyCache {

    /** A key, or that there is none. */
    record Held(Optional<byte[]> key, long untilNanos) {}

    private final long lifeNanos;
    private final int keysMax;
    private final Map<String, Held> held = new LinkedHashMap<>(); // Guarded by this object, as is the other.
    private long forgettings;

    KeyCache(PrivacyConfig config) {
        this.lifeNanos = config.keyLife().toNanos();
        this.keysMax = config.keysMax();
    }

    /** What is known of a subject's key; null for nothing. */
    synchronized @Nullable Held get(String subject, long nowNanos) {
        var found = held.get(subject);
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
    synchronized Map<String, Held> hold(
            Set<String> asked, Map<String, byte[]> keys, long askedNanos, long forgettingsThen) {
        var answer = new HashMap<String, Held>();
        for (var subject : asked) {
            answer.put(subject, new Held(Optional.ofNullable(keys.get(subject)), askedNanos + lifeNanos));
        }
        if (forgettings != forgettingsThen) {
            return answer;
        }
        held.keySet().removeAll(asked);
        held.putAll(answer);
        var oldest = held.keySet().iterator();
        while (held.size() > keysMax) {
            oldest.next();
            oldest.remove();
        }
        return answer;
    }

    synchronized void forget(Collection<String> subjects) {
        forgettings++;
        subjects.forEach(held::remove);
    }
}
