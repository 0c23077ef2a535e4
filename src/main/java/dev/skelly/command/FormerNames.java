package dev.skelly.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Maps command and query names to the Java class names with which the previous release stored and sent them. Read from {@code
 * /former-names.properties}.
 */
final class FormerNames {

    private static final FormerNames ALL = load();

    private final Map<String, String> formerByName = new HashMap<>();
    private final Map<String, String> nameByFormer = new HashMap<>();

    private FormerNames(Properties lines) {
        for (var name : lines.stringPropertyNames()) {
            formerByName.put(name, lines.getProperty(name));
            nameByFormer.put(lines.getProperty(name), name);
        }
    }

    private static FormerNames load() {
        var lines = new Properties();
        try (var file = FormerNames.class.getResourceAsStream("/former-names.properties")) {
            lines.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new FormerNames(lines);
    }

    static FormerNames all() {
        return ALL;
    }

    /** Returns the former name of {@code name}, or {@code name} itself if it has none. */
    String formerOf(String name) {
        return formerByName.getOrDefault(name, name);
    }

    /** Returns the current name of a former one, or null if {@code former} is unknown. */
    @Nullable
    String presentOf(String former) {
        return nameByFormer.get(former);
    }
}
