package dev.skelly.event;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The form of a channel or subject, e.g. {@code topic:cart/{cartId}}: a kind, a colon, and a name in which {@code {…}} stands for a value.
 *
 * <p>{@code public} and {@code self} stand alone; {@code self} is the channel of the person who acts.
 */
public final class ChannelTemplate {

    /** The channel of whoever acts. */
    public static final String SELF = "self";

    private static final Pattern FORM =
            Pattern.compile("public|self|[a-z][a-z-]*:(?:[A-Za-z0-9_.-]|/|\\{[A-Za-z][A-Za-z0-9]*})+");
    private static final Set<String> NO_ROLES = Set.of("role:" + SELF, "role:" + EmitRule.ANYONE);
    private static final int CHARS_MAX = 200;
    private static final Pattern SLOT = Pattern.compile("\\{([A-Za-z][A-Za-z0-9]*)}");
    private static final String VALUE = "[A-Za-z0-9_.-]{1,128}";
    private static final Pattern ONE_VALUE = Pattern.compile(VALUE);

    private final String text;
    private final Pattern matching;

    private ChannelTemplate(String text) {
        this.text = text;
        this.matching = Pattern.compile(text.equals(SELF) ? "user:" + VALUE : expression(text));
    }

    private static String expression(String text) {
        var expression = new StringBuilder();
        var end = 0;
        for (var slot : SLOT.matcher(text).results().toList()) {
            expression.append(Pattern.quote(text.substring(end, slot.start()))).append('(' + VALUE + ')');
            end = slot.end();
        }
        return expression.append(Pattern.quote(text.substring(end))).toString();
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException when it has not the form of one
     */
    public static ChannelTemplate of(String text) {
        if (text.length() > CHARS_MAX || !FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("channel: " + text
                    + " (expected: public, self, or kind:name such as role:admin, user:{userId}, topic:cart/{cartId})");
        }
        if (NO_ROLES.contains(text)) {
            throw new IllegalArgumentException(
                    "channel: " + text + " (expected: a role that somebody may have; self is a channel of its own)");
        }
        var template = new ChannelTemplate(text);
        if (SLOT.matcher(text).results().count() != template.slots().size()) {
            throw new IllegalArgumentException("channel: " + text + " (expected: each {…} once)");
        }
        return template;
    }

    /** The fields whose values it takes. */
    public Set<String> slots() {
        var slots = new LinkedHashSet<String>();
        SLOT.matcher(text).results().forEach(slot -> slots.add(slot.group(1)));
        return slots;
    }

    /** Whether all that it makes is of one person: that person's channel, or that person as the subject. */
    public boolean personal() {
        return text.equals(SELF) || text.startsWith("user:");
    }

    /** Whether a channel has this form. */
    public boolean matches(String channel) {
        return matching.matcher(channel).matches();
    }

    /**
     * The channel for some values.
     *
     * @param values texts of the slots
     * @param actor the account that acts, as a text
     * @return empty where a value is missing or has characters that no channel has
     */
    public Optional<String> fill(Map<String, String> values, Optional<String> actor) {
        if (text.equals(SELF)) {
            return actor.map(account -> "user:" + account);
        }
        var sound = slots().stream()
                .allMatch(
                        slot -> ONE_VALUE.matcher(values.getOrDefault(slot, "")).matches());
        return sound ? Optional.of(SLOT.matcher(text).replaceAll(slot -> values.get(slot.group(1)))) : Optional.empty();
    }

    /**
     * The values by which a channel has this form.
     *
     * @return empty when it has another
     */
    public Optional<Map<String, String>> read(String channel) {
        var match = matching.matcher(channel);
        if (!match.matches()) {
            return Optional.empty();
        }
        var values = new LinkedHashMap<String, String>();
        slots().forEach(slot -> values.put(slot, match.group(values.size() + 1)));
        return Optional.of(values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChannelTemplate template && template.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
