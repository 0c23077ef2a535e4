package dev.skelly.event;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The pattern of a channel or subject, e.g. {@code topic:cart/{cartId}}: a kind, a colon, and a name in which {@code {…}} is a placeholder.
 *
 * <p>{@code public} and {@code self} stand alone; {@code self} is the channel of the acting account.
 */
public final class ChannelTemplate {

    /** The channel of the acting account. */
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
     * Parses a template.
     *
     * @throws IllegalArgumentException when the text is not a template
     */
    public static ChannelTemplate of(String text) {
        if (text.length() > CHARS_MAX || !FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("channel: " + text
                    + " (expected: public, self, or kind:name such as role:admin, user:{userId}, topic:cart/{cartId})");
        }
        if (NO_ROLES.contains(text)) {
            throw new IllegalArgumentException(
                    "channel: " + text + " (expected: a role that an account may have; self is a channel of its own)");
        }
        var template = new ChannelTemplate(text);
        if (SLOT.matcher(text).results().count() != template.slots().size()) {
            throw new IllegalArgumentException("channel: " + text + " (expected: each {…} once)");
        }
        return template;
    }

    /** Returns the names of the placeholders. */
    public Set<String> slots() {
        var slots = new LinkedHashSet<String>();
        SLOT.matcher(text).results().forEach(slot -> slots.add(slot.group(1)));
        return slots;
    }

    /** Returns whether every channel or subject of this template belongs to one person. */
    public boolean personal() {
        return text.equals(SELF) || text.startsWith("user:");
    }

    /** Returns whether a channel matches this template. */
    public boolean matches(String channel) {
        return matching.matcher(channel).matches();
    }

    /**
     * Fills in the placeholders.
     *
     * @param values placeholder values as text
     * @param actor id of the acting account, as text
     * @return empty when a value is missing or contains characters that channels do not allow
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
     * Extracts the placeholder values from a channel.
     *
     * @return empty when the channel does not match
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
