package dev.skelly.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The Java class names by which the previous release stored and sent commands and queries; read from {@code /former-names.properties}. */
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

    /** The former name of {@code name}; {@code name} itself where it has none. */
    String formerOf(String name) {
        return formerByName.getOrDefault(name, name);
    }

    /** The present name of a former one; null where {@code former} is none. */
    @Nullable
    String presentOf(String former) {
        return nameByFormer.get(former);
    }
}
