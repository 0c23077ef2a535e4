package dev.skelly.feature;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done, or tried, and that an operator must be able to account for. Never carries a password, a token or a key.
 *
 * @param name what, in the past tense, as an event's name, e.g. {@code user.roles-changed}; {@code user.sign-in-failed}
 * @param target to whom or what, as {@code kind:id}; null where it is nobody known
 * @param actor who; null for whoever the transaction's {@code Cause} names
 * @param before what it was, as JSON; empty where there is nothing to tell
 * @param after what it became, likewise
 */
public record AuditEntry(
        String name, @Nullable String target, @Nullable UUID actor, Map<String, ?> before, Map<String, ?> after) {

    /** Keeps its own copies. */
    public AuditEntry {
        before = Map.copyOf(before);
        after = Map.copyOf(after);
    }

    /** Done to {@code target}, by whoever the transaction's {@code Cause} names. */
    public static AuditEntry on(@Nullable String target, String name) {
        return new AuditEntry(name, target, null, Map.of(), Map.of());
    }

    /** The same, done by {@code account}; for what comes before one is signed in. */
    public AuditEntry by(UUID account) {
        return new AuditEntry(name, target, account, before, after);
    }

    /** The same, saying what it changed. */
    public AuditEntry changing(Map<String, ?> was, Map<String, ?> is) {
        return new AuditEntry(name, target, actor, was, is);
    }
}
