package dev.skelly.config;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The settings that may change while nodes run, and what a node has with such changes. A change takes precedence over the flag, the environment
 * and the file of every node, until it is taken back.
 *
 * <p>Safe on any thread once the settings of the start are bound. Two are equal if their settings have the same values.
 */
public final class RuntimeSettings {

    private static final Pattern EXPECTED = Pattern.compile(".*\\((expected: .*)\\)", Pattern.DOTALL);

    private final Settings start;
    private final Map<String, Record> groups;
    private final Set<String> keys;

    /**
     * Declares what may change.
     *
     * @param start the settings of this start
     * @param groups the defaults of the records that the keys belong to, by prefix
     * @param keys e.g. {@code log.level}
     */
    public RuntimeSettings(Settings start, Map<String, Record> groups, Collection<String> keys) {
        this.start = start;
        this.groups = Map.copyOf(groups);
        this.keys = Set.copyOf(keys);
    }

    /** Returns the keys that may change, sorted. */
    public Set<String> keys() {
        return new TreeSet<>(keys);
    }

    /** Tells whether a setting of this name exists, changeable or not. */
    public boolean known(String key) {
        return all().contains(key);
    }

    /** Returns the known setting with the most similar name. */
    public String nearest(String key) {
        return DidYouMean.of(key, all());
    }

    private Set<String> all() {
        var all = new TreeSet<>(keys);
        start.values().forEach(value -> all.add(value.key()));
        return all;
    }

    /** Returns why a changeable setting cannot have a value, such as {@code expected: at least 1}; empty if it can. */
    public Optional<String> fault(String key, String value) {
        var settings = start.with(Map.of(key, value));
        bindAll(settings);
        return settings.faults().stream().findFirst().map(RuntimeSettings::expected);
    }

    private static String expected(String fault) {
        var found = EXPECTED.matcher(fault);
        return found.matches() ? found.group(1) : fault;
    }

    /** Returns the changes that this node can apply; another version may have stored others. */
    public Map<String, String> applicable(Map<String, String> changes) {
        var sound = new HashMap<>(changes);
        sound.keySet().retainAll(keys);
        sound.entrySet()
                .removeIf(change -> fault(change.getKey(), change.getValue()).isPresent());
        return sound;
    }

    /** Returns the changeable settings with these changes, sorted by key. */
    public List<SettingValue> values(Map<String, String> changes) {
        var settings = start.with(applicable(changes));
        bindAll(settings);
        return settings.values().stream()
                .filter(value -> keys.contains(value.key()))
                .toList();
    }

    /** Returns the record of a group with these changes. */
    public <T extends Record> T bind(String prefix, T defaults, Map<String, String> changes) {
        return start.with(applicable(changes)).bind(prefix, defaults);
    }

    private void bindAll(Settings settings) {
        groups.forEach((prefix, defaults) -> {
            var unused = settings.bind(prefix, defaults); // The settings keep values and errors.
        });
    }

    private Map<String, String> texts() {
        var texts = new TreeMap<String, String>();
        values(Map.of()).forEach(value -> texts.put(value.key(), value.text()));
        return texts;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RuntimeSettings settings && texts().equals(settings.texts());
    }

    @Override
    public int hashCode() {
        return keys.hashCode();
    }
}
