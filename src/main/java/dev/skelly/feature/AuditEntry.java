package dev.skelly.feature;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An act, or an attempt at one, for which an operator must be able to account. Never carries a password, a token or a key.
 *
 * @param name the act, in the past tense, as an event's name, e.g. {@code user.roles-changed}; {@code user.sign-in-failed}
 * @param target the affected thing, as {@code kind:id}; null if it is unknown
 * @param actor the acting account; null for the actor of the transaction's {@link dev.skelly.event.CommandContext}
 * @param before the value before, as JSON; empty if there is none
 * @param after the value after, likewise
 */
public record AuditEntry(
        String name, @Nullable String target, @Nullable UUID actor, Map<String, ?> before, Map<String, ?> after) {

    /** Copies the maps. */
    public AuditEntry {
        before = Map.copyOf(before);
        after = Map.copyOf(after);
    }

    /** Creates an entry about {@code target}, with the actor of the transaction's context. */
    public static AuditEntry on(@Nullable String target, String name) {
        return new AuditEntry(name, target, null, Map.of(), Map.of());
    }

    /** Returns this entry with {@code account} as the actor, for acts that precede the login. */
    public AuditEntry by(UUID account) {
        return new AuditEntry(name, target, account, before, after);
    }

    /** Returns this entry with the values before and after. */
    public AuditEntry changing(Map<String, ?> was, Map<String, ?> is) {
        return new AuditEntry(name, target, actor, was, is);
    }
}
