package dev.skelly.node;

import dev.skelly.feature.Feature;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** One jar of the features' folder, and the features that it offers. Not thread-safe. */
final class FeatureJar implements AutoCloseable {

    /* With a limit, because PostgreSQL shortens the names of the tables and indexes that are made of it. */
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final String OF_THIS_VERSION = "a jar that was compiled against this version of Skelly";

    private final Path path;
    private final Consumer<String> faults;
    private final Map<String, Feature> features = new LinkedHashMap<>();
    private Set<String> entries = Set.of();
    private boolean sound = true;
    private @Nullable FeatureJarLoader loader; // Null when the file is no readable jar.

    private FeatureJar(Path path, Consumer<String> faults) {
        this.path = path;
        this.faults = faults;
    }

    /** Opens a jar and creates its features. Passes on every fault as one sentence; a jar with a fault may have some of its features. */
    static FeatureJar open(Path path, Consumer<String> faults) {
        var jar = new FeatureJar(path, faults);
        if (jar.readEntries()) {
            jar.createFeatures();
        }
        return jar;
    }

    Path path() {
        return path;
    }

    /** Returns its features by name, in the order of the services file. */
    Map<String, Feature> features() {
        return features;
    }

    private void fault(String found, String expected) {
        sound = false;
        faults.accept(path + ": " + found.replaceAll("\\s+", " ") + " (expected: " + expected + ")");
    }

    private boolean readEntries() {
        try (var zip = new ZipFile(path.toFile())) {
            entries = zip.stream().map(ZipEntry::getName).collect(Collectors.toCollection(TreeSet::new));
            if (!entries.contains(FeatureJarLoader.SERVICES)) {
                fault("has no " + FeatureJarLoader.SERVICES, "that file, with the names of its feature classes");
                return false;
            }
            loader = new FeatureJarLoader(path);
            return true;
        } catch (IOException e) {
            fault("cannot be read as a jar", "a complete jar that this process may read");
            return false;
        }
    }

    private void createFeatures() {
        var offered = ServiceLoader.load(Feature.class, loader).stream().iterator();
        var more = true;
        while (more) {
            more = createNext(offered);
        }
        if (sound && features.isEmpty()) {
            fault(FeatureJarLoader.SERVICES + " names no class", "the names of its feature classes");
        } else if (sound) {
            checkFolder("db");
            checkFolder("web");
            checkFolderEntries();
        }
    }

    /* Returns false at the end. After a fault the iterator continues with the next class. */
    private boolean createNext(Iterator<ServiceLoader.Provider<Feature>> offered) {
        try {
            if (!offered.hasNext()) {
                return false;
            }
            create(offered.next());
        } catch (ServiceConfigurationError | LinkageError broken) {
            broken(broken);
        }
        return true;
    }

    private void create(ServiceLoader.Provider<Feature> offer) {
        var type = offer.type();
        var name = type.getName();
        if (type.getClassLoader() != loader || !entries.contains(name.replace('.', '/') + ".class")) {
            fault(name + " is not in this jar", "a class of this jar");
            return;
        }
        var missing = Modifier.isAbstract(type.getModifiers())
                ? List.<Method>of()
                : Stream.of(type.getMethods())
                        .filter(method -> Modifier.isAbstract(method.getModifiers()))
                        .toList();
        if (missing.isEmpty()) {
            register(name, offer.get());
        } else {
            fault(name + " has no method " + missing.get(0).getName(), OF_THIS_VERSION);
        }
    }

    private void register(String type, Feature feature) {
        var name = name(feature);
        if (name == null || !NAME.matcher(name).matches()) {
            fault(
                    type + " has the feature name " + name,
                    "a lower-case letter, and at most 39 lower-case letters, digits and hyphens after it");
        } else if (features.putIfAbsent(name, feature) != null) {
            fault("feature name " + name + " stands twice in it", "unique names");
        }
    }

    /* The contract forbids null, but nothing holds a foreign class to it. */
    private static @Nullable String name(Feature feature) {
        try {
            return feature.name();
        } catch (RuntimeException e) {
            throw new ServiceConfigurationError(feature.getClass().getName() + " does not tell its name", e);
        }
    }

    private void broken(Error error) {
        var cause = error instanceof ServiceConfigurationError ? error.getCause() : error;
        var context = error instanceof ServiceConfigurationError
                ? String.valueOf(error.getMessage()).replace(Feature.class.getName() + ": ", "")
                : "a feature class cannot be loaded";
        fault(cause == null ? context : context + ": " + root(cause), expected(cause));
    }

    private static Throwable root(Throwable failure) {
        return failure instanceof ExceptionInInitializerError
                ? Objects.requireNonNullElse(failure.getCause(), failure)
                : failure;
    }

    private static String expected(@Nullable Throwable cause) {
        if (cause instanceof UnsupportedClassVersionError) {
            return "classes for Java " + Runtime.version().feature() + " or older";
        }
        return cause instanceof LinkageError && !(cause instanceof ExceptionInInitializerError)
                ? OF_THIS_VERSION
                : "a public class of this jar that implements " + Feature.class.getName()
                        + " and has a public constructor without parameters that does not fail";
    }

    /* A file elsewhere would belong to another feature or to the program. */
    private void checkFolder(String folder) {
        var own = features.keySet().stream()
                .map(name -> folder + "/" + name + "/")
                .toList();
        entries.stream()
                .filter(entry -> entry.startsWith(folder + "/") && !entry.endsWith("/"))
                .map(FeatureJar::folderOf)
                .distinct()
                .filter(found -> !own.contains(found))
                .forEach(found -> fault("has files in " + found, "only in " + String.join(", ", own)));
    }

    private static String folderOf(String entry) {
        var parts = entry.split("/", -1);
        return parts.length < 3 ? parts[0] + "/" : parts[0] + "/" + parts[1] + "/";
    }

    /* Class loaders find a folder only by its entry: without it the migrations would silently not run. */
    private void checkFolderEntries() {
        for (var name : features.keySet()) {
            var folder = "db/" + name + "/";
            if (!entries.contains(folder) && entries.stream().anyMatch(entry -> entry.startsWith(folder))) {
                fault("has no entry for the folder " + folder, "entries for folders, as jar and Maven write them");
            }
        }
    }

    /** Closes its class loader: no further class or file of it can be read. */
    @Override
    public void close() throws IOException {
        if (loader != null) {
            loader.close();
        }
    }
}
