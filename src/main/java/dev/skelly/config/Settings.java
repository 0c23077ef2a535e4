package dev.skelly.config;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.source.yaml.YamlConfigSource;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings of a process. A flag takes precedence over the environment, the environment over the file, the file over the default.
 *
 * <p>Bind all records, then call {@link #check}: errors are collected and reported together. Not thread-safe.
 */
public final class Settings {

    /** The file that is read if it exists and no other is named. */
    public static final Path FILE = Path.of("conf", "skelly.yaml");

    private static final String FLAG = "flag";
    private static final String DEFAULT = "default";
    private static final String RUN_TIME = "run time";
    private static final int MASKED_CHARS_MIN = 4; // Shorter texts occur in words of a sentence.
    private static final int RUN_TIME_ORDINAL = 500;
    private static final int FLAG_ORDINAL = 400;
    private static final int FILE_ORDINAL = 200;

    private final List<String> faults = new ArrayList<>();
    private final Map<String, SettingValue> known = new TreeMap<>();
    private final Map<String, String> masks = new HashMap<>();
    private final List<ConfigSource> sources;
    private final SmallRyeConfig config;

    private Settings(Map<String, String> flags, Map<String, String> environment, @Nullable Path file) {
        this.sources = new ArrayList<>();
        sources.add(new PropertiesConfigSource(flags, FLAG, FLAG_ORDINAL));
        sources.add(new EnvironmentSource(environment, faults));
        if (file != null || Files.exists(FILE)) {
            addFile(file == null ? FILE : file, sources);
        }
        this.config = config(sources);
    }

    private Settings(List<ConfigSource> sources) {
        this.sources = sources;
        this.config = config(sources);
    }

    /* No interceptors: a password may contain a literal ${. */
    private static SmallRyeConfig config(List<ConfigSource> sources) {
        return new SmallRyeConfigBuilder().withSources(sources).build();
    }

    /** Returns the same settings, unbound, with values that take precedence over all others. */
    Settings with(Map<String, String> values) {
        var more = new ArrayList<>(sources);
        more.add(new PropertiesConfigSource(values, RUN_TIME, RUN_TIME_ORDINAL));
        return new Settings(more);
    }

    /* A record that refuses a value shows it. */
    private String masked(String sentence) {
        var shown = sentence;
        for (var secret : masks.entrySet()) {
            shown = shown.replace(secret.getKey(), secret.getValue());
        }
        return shown;
    }

    /** Returns the errors of what was bound so far. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    /**
     * Reads the sources.
     *
     * @param flags keys without the leading dashes, e.g. {@code http.port}
     * @param environment as of {@link System#getenv()}
     * @param file null for {@link #FILE}, if it exists
     */
    public static Settings load(Map<String, String> flags, Map<String, String> environment, @Nullable Path file) {
        return new Settings(flags, environment, file);
    }

    private void addFile(Path file, List<ConfigSource> into) {
        try {
            var text = Files.readString(file);
            var fault = StrictYaml.fault(text);
            if (fault.isPresent()) {
                faults.add("config: " + file + " " + fault.get());
            } else {
                into.add(new YamlConfigSource(file.toString(), text, FILE_ORDINAL));
            }
        } catch (IOException e) {
            faults.add("config: " + file + " (expected: a file that can be read)");
        } catch (RuntimeException e) { // The parser's own exceptions, of several kinds.
            faults.add("config: " + file + ": " + firstLine(e) + " (expected: YAML)");
        }
    }

    private static String firstLine(RuntimeException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("unreadable");
    }

    /**
     * Fills a record from the keys {@code prefix.component-name}. A component that no source sets keeps its default.
     *
     * @param prefix empty for keys of the top level
     * @return the defaults when there is an error, so that more errors can be found; {@link #check} reports them
     */
    public <T extends Record> T bind(String prefix, T defaults) {
        var components = defaults.getClass().getRecordComponents();
        var values = new LinkedHashMap<RecordComponent, Object>();
        for (var component : components) {
            values.put(component, value(key(prefix, component), component, RecordBinder.value(defaults, component)));
        }
        try {
            return RecordBinder.make(defaults, values);
        } catch (IllegalArgumentException refusal) {
            RecordBinder.refusals(defaults, values, refusal).forEach(sentence -> faults.add(masked(sentence)));
            return defaults;
        }
    }

    /** Returns the key of a component: {@code idle-timeout}. */
    static String name(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String key(String prefix, RecordComponent component) {
        var name = name(component);
        return prefix.isEmpty() ? name : prefix + "." + name;
    }

    private Object value(String key, RecordComponent component, Object fallback) {
        var found = found(key);
        if (found.isEmpty()) {
            known.put(key, new SettingValue(key, SecretMasking.apply(key, ValueParser.write(fallback)), DEFAULT));
            return fallback;
        }
        var text = found.get().text();
        var shown = fallback instanceof SecretValue ? new SecretValue(text).toString() : SecretMasking.apply(key, text);
        known.put(key, new SettingValue(key, shown, found.get().origin()));
        if (!shown.equals(text) && text.strip().length() >= MASKED_CHARS_MIN) {
            masks.put(text.strip(), shown);
        }
        try {
            return ValueParser.read(text.strip(), component.getGenericType());
        } catch (IllegalArgumentException fault) {
            faults.add(key + ": " + shown + " (expected: " + fault.getMessage() + ")");
            return fallback;
        }
    }

    /* YAML lists arrive as key[0], key[1], … */
    private Optional<SettingValue> found(String key) {
        var whole = one(key);
        if (whole.isPresent()) {
            return whole;
        }
        var items = new ArrayList<SettingValue>();
        for (var item = one(key + "[0]"); item.isPresent(); item = one(key + "[" + items.size() + "]")) {
            items.add(item.get());
        }
        return items.isEmpty() ? Optional.empty() : Optional.of(joined(key, items));
    }

    private static SettingValue joined(String key, List<SettingValue> items) {
        var text = items.stream().map(SettingValue::text).collect(Collectors.joining(","));
        return new SettingValue(key, text, items.get(0).origin());
    }

    private Optional<SettingValue> one(String key) {
        var value = config.getConfigValue(key);
        return value.getValue() == null
                ? Optional.empty()
                : Optional.of(new SettingValue(key, value.getValue(), origin(value.getConfigSourceName())));
    }

    /* The library names the source of flags after its own class. */
    private static String origin(String source) {
        if (!source.startsWith(PropertiesConfigSource.class.getSimpleName())) {
            return source;
        }
        return source.contains(RUN_TIME) ? RUN_TIME : FLAG;
    }

    /** Adds errors of bound values that their record cannot detect: sentences with the key. */
    public void refuse(List<String> sentences) {
        faults.addAll(sentences);
    }

    /**
     * Completes the reading.
     *
     * @throws InvalidSettingsException with all errors: unreadable values, rejected records, unknown keys
     */
    public void check() {
        var all = new ArrayList<>(faults);
        for (var name : new TreeSet<>(names())) {
            if (!known.containsKey(name)) {
                all.add(name + ": unknown (expected: a known setting, perhaps " + DidYouMean.of(name, known.keySet())
                        + ")");
            }
        }
        if (!all.isEmpty()) {
            throw new InvalidSettingsException(all);
        }
    }

    private List<String> names() {
        var names = new ArrayList<String>();
        for (var source : config.getConfigSources()) {
            if (source instanceof PropertiesConfigSource || source instanceof YamlConfigSource) {
                source.getPropertyNames().forEach(name -> names.add(name.replaceAll("\\[\\d+]$", "")));
            }
        }
        return names;
    }

    /** Returns all bound settings, by key. */
    public List<SettingValue> values() {
        return List.copyOf(known.values());
    }
}
