package dev.skelly.auth;

import dev.skelly.event.EmitRule;
import dev.skelly.event.FieldVisibility;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Permissions as patterns.
 *
 * <p>An act is a verb and an object: {@code emit:cart.abandoned}, {@code read:topic:staff/7}, {@code call:orders.refund}. There are no
 * other verbs. A pattern is an act, or a prefix of acts up to a separator and a star: {@code emit:cart.*}, {@code read:topic:staff/*},
 * {@code emit:*}; {@code *} alone permits everything. Immutable, safe on any thread.
 */
public final class Permissions {

    /** The role of every account. */
    public static final String USER = "user";

    /** The names in declarations for callers of any role. They cannot be roles. */
    public static final Set<String> NO_ROLES = Set.of(EmitRule.ANYONE, FieldVisibility.SELF);

    /** The form of a pattern as a regular expression. */
    public static final String FORM = "\\*|(emit|read|call):([A-Za-z0-9_{}-]+[.:/])*([A-Za-z0-9_{}-]+|\\*)";

    /** The maximum length of a pattern. */
    public static final int CHARS_MAX = 200;

    static final Permissions NONE = new Permissions(Set.of(), List.of(), false);
    static final Permissions EVERYTHING = new Permissions(Set.of(), List.of(), true);

    private static final Pattern SHAPE = Pattern.compile(FORM);

    private final Set<String> exact;
    private final List<String> beginnings;
    private final boolean all;

    private Permissions(Set<String> exact, List<String> beginnings, boolean all) {
        this.exact = exact;
        this.beginnings = beginnings;
        this.all = all;
    }

    /** Tells whether a text is a pattern. */
    public static boolean wellFormed(String pattern) {
        return pattern.length() <= CHARS_MAX && SHAPE.matcher(pattern).matches();
    }

    /** Parses well-formed patterns. */
    public static Permissions of(Collection<String> patterns) {
        if (patterns.contains("*")) {
            return EVERYTHING;
        }
        var exact = new HashSet<String>();
        var beginnings = new HashSet<String>();
        for (var pattern : patterns) {
            if (pattern.endsWith("*")) {
                beginnings.add(pattern.substring(0, pattern.length() - 1));
            } else {
                exact.add(pattern);
            }
        }
        return new Permissions(Set.copyOf(exact), List.copyOf(beginnings), false);
    }

    /** Tells whether an act is permitted. */
    public boolean allow(String act) {
        return all || exact.contains(act) || beginnings.stream().anyMatch(act::startsWith);
    }
}
