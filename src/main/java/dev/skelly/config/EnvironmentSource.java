package dev.skelly.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings from environment variables: {@code SKELLY_HTTP_PORT} for {@code http.port}; with the suffix {@code _FILE}, the path of a file with
 * the value.
 */
final class EnvironmentSource implements ConfigSource {

    static final String NAME = "environment";
    private static final int ORDINAL = 300; // below flags, above the file

    private final Map<String, String> environment;
    private final List<String> faults;

    EnvironmentSource(Map<String, String> environment, List<String> faults) {
        this.environment = Map.copyOf(environment);
        this.faults = faults;
    }

    @Override
    public @Nullable String getValue(String key) {
        var variable = variable(key);
        var file = environment.get(variable + "_FILE");
        var value = environment.get(variable);
        return value == null && file != null ? read(variable + "_FILE", Path.of(file)) : value;
    }

    static String variable(String key) {
        return "SKELLY_" + key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private @Nullable String read(String variable, Path file) {
        try {
            return Files.readString(file).stripTrailing();
        } catch (IOException e) {
            faults.add(variable + ": " + file + " (expected: a file that can be read)");
            return null;
        }
    }

    /* Empty: other programs may have variables with this prefix (such as service links of an orchestrator), so none is rejected as unknown. */
    @Override
    public Set<String> getPropertyNames() {
        return Set.of();
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public int getOrdinal() {
        return ORDINAL;
    }
}
