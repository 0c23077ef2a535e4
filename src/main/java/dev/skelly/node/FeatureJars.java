package dev.skelly.node;

import dev.skelly.config.InvalidSettingsException;
import dev.skelly.feature.Feature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The features of the jars in a folder, each jar with a class loader of its own. Close it after everything that uses them has stopped. */
public final class FeatureJars implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(FeatureJars.class);

    /* The paths below /api and /app, the operator's event types, the log's migrations, and the table of finished migrations. */
    private static final Set<String> RESERVED = Set.of("api", "app", "application", "log", "done");

    private final List<FeatureJar> jars;

    private FeatureJars(List<FeatureJar> jars) {
        this.jars = jars;
    }

    /**
     * Loads every jar of a folder, ordered by file name. Blocks.
     *
     * @param dir a missing folder counts as empty
     * @param taken names of the built-in features
     * @throws InvalidSettingsException listing every fault of every jar; then all are closed again
     */
    public static FeatureJars load(Path dir, Set<String> taken) {
        var faults = new ArrayList<String>();
        var jars = files(dir, faults::add).stream()
                .map(file -> FeatureJar.open(file, faults::add))
                .toList();
        findDoubles(jars, taken, faults::add);
        var loaded = new FeatureJars(jars);
        if (!faults.isEmpty()) {
            loaded.close();
            throw new InvalidSettingsException(faults);
        }
        return loaded;
    }

    private static List<Path> files(Path dir, Consumer<String> faults) {
        if (!Files.exists(dir)) {
            return List.of();
        }
        try (var files = Files.list(dir)) {
            return files.filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".jar"))
                    .sorted(Comparator.comparing(file -> file.getFileName().toString()))
                    .toList();
        } catch (IOException e) {
            faults.accept("features.dir: " + dir + " cannot be read as a folder (expected: a folder of jars)");
            return List.of();
        }
    }

    private static void findDoubles(List<FeatureJar> jars, Set<String> taken, Consumer<String> faults) {
        var owners = new HashMap<String, String>();
        RESERVED.forEach(name -> owners.put(name, "the program"));
        taken.forEach(name -> owners.put(name, "a built-in feature"));
        for (var jar : jars) {
            for (var name : jar.features().keySet()) {
                var owner = owners.putIfAbsent(name, jar.path().toString());
                if (owner != null) {
                    faults.accept(jar.path() + ": feature name " + name + " is used by " + owner
                            + " (expected: another name, or only one of them)");
                }
            }
        }
    }

    /** Returns all features, ordered by file name, then as their jar lists them. */
    public List<Feature> features() {
        return jars.stream().flatMap(jar -> jar.features().values().stream()).toList();
    }

    /** Returns the class loader of each feature by its name, in the order of {@link #features}. */
    public Map<String, ClassLoader> loaders() {
        var loaders = new LinkedHashMap<String, ClassLoader>();
        features()
                .forEach(feature ->
                        loaders.put(feature.name(), feature.getClass().getClassLoader()));
        return loaders;
    }

    /** Closes the jars. Classes that were not loaded yet, and files, can no longer be read. */
    @Override
    public void close() {
        for (var jar : jars) {
            try {
                jar.close();
            } catch (IOException e) {
                LOGGER.atWarn().setCause(e).addKeyValue("jar", jar.path()).log("a feature's jar cannot be closed");
            }
        }
    }
}
