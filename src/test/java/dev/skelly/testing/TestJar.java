package dev.skelly.testing;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.feature.Feature;
import dev.skelly.testkit.TemporaryFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A jar that a test compiles and writes. */
public final class TestJar {

    private static final String SERVICES = "META-INF/services/" + Feature.class.getName();

    private final Map<String, byte[]> files = new TreeMap<>();
    private final Map<String, String> sources = new TreeMap<>();
    private final Set<String> unpacked = new HashSet<>(); // Classes that the compiler sees and the jar lacks.
    private final List<String> services = new ArrayList<>();
    private boolean folders = true;

    /** Offers a feature that does nothing: {@code name} is the Java expression of its name. */
    public TestJar feature(String type, String name) {
        return source(type, featureSource(type, name, "")).service(type);
    }

    /** The source of a feature with further members. */
    public static String featureSource(String type, String name, String members) {
        return """
                package %s;
                public class %s implements dev.skelly.feature.Feature {
                    public String name() { return %s; }
                    %s
                    %s
                }""".formatted(packageOf(type), simple(type), name, contract(), members);
    }

    /* Whatever else the contract demands is left empty. */
    private static String contract() {
        return Stream.of(Feature.class.getMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .filter(method -> !method.getName().equals("name"))
                .map(method -> "public void " + method.getName() + "("
                        + Stream.of(method.getParameters())
                                .map(TestJar::parameter)
                                .collect(Collectors.joining(", "))
                        + ") {}")
                .collect(Collectors.joining("\n"));
    }

    private static String parameter(Parameter parameter) {
        return parameter.getType().getCanonicalName() + " " + parameter.getName();
    }

    /** Holds this class. */
    public TestJar source(String type, String source) {
        sources.put(type, source);
        return this;
    }

    /** Is compiled against this class, and does not hold it. */
    public TestJar against(String type, String source) {
        unpacked.add(type);
        return source(type, source);
    }

    /** Names this class, or line, in its services file. */
    public TestJar service(String type) {
        services.add(type);
        return this;
    }

    /** Holds this file. */
    @CanIgnoreReturnValue
    public TestJar file(String name, String content) {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Holds this file. */
    @CanIgnoreReturnValue
    public TestJar file(String name, byte[] content) {
        files.put(name, content);
        return this;
    }

    /** Holds no entries for folders, as jars of some tools. */
    public TestJar withoutFolders() {
        folders = false;
        return this;
    }

    /** Compiles the classes and writes the jar. */
    @CanIgnoreReturnValue
    public Path write(Path jar) {
        try {
            var all = new TreeMap<>(files);
            all.putAll(compiled());
            if (!services.isEmpty()) {
                all.put(SERVICES, String.join("\n", services).getBytes(StandardCharsets.UTF_8));
            }
            Files.createDirectories(jar.getParent());
            try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
                var known = new HashSet<String>();
                for (var file : all.entrySet()) {
                    putFolders(out, file.getKey(), known);
                    out.putNextEntry(new JarEntry(file.getKey()));
                    out.write(file.getValue());
                }
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void putFolders(JarOutputStream out, String name, Set<String> known) throws IOException {
        for (var end = name.indexOf('/'); folders && end >= 0; end = name.indexOf('/', end + 1)) {
            if (known.add(name.substring(0, end))) {
                out.putNextEntry(new JarEntry(name.substring(0, end + 1)));
            }
        }
    }

    private Map<String, byte[]> compiled() throws IOException {
        var classes = new TreeMap<String, byte[]>();
        if (sources.isEmpty()) {
            return classes;
        }
        var folder = TemporaryFolder.make("skelly-test-jar");
        var arguments = new ArrayList<>(List.of(
                "-proc:none",
                "-implicit:none",
                "-classpath",
                System.getProperty("java.class.path"),
                "-d",
                folder.resolve("out").toString()));
        for (var source : sources.entrySet()) {
            var file = folder.resolve(source.getKey().replace('.', '/') + ".java");
            Files.createDirectories(file.getParent());
            arguments.add(Files.writeString(file, source.getValue()).toString());
        }
        var code = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        if (code != 0) {
            throw new IllegalStateException("a test's class does not compile");
        }
        try (var found = Files.walk(folder.resolve("out"))) {
            for (var file : found.filter(Files::isRegularFile).toList()) {
                var name = folder.resolve("out").relativize(file).toString();
                if (!unpacked.contains(name.replace('/', '.').replaceAll("(\\$.*)?\\.class$", ""))) {
                    classes.put(name, Files.readAllBytes(file));
                }
            }
        }
        TemporaryFolder.delete(folder);
        return classes;
    }

    private static String packageOf(String type) {
        return type.substring(0, type.lastIndexOf('.'));
    }

    private static String simple(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }

    /** The files of a folder that this process holds open, e.g. jars that were not closed. */
    public static List<Path> openBelow(Path folder) {
        try (var handles = Files.list(Path.of("/proc/self/fd"))) {
            return handles.map(TestJar::target)
                    .filter(file -> file.startsWith(folder))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path target(Path handle) {
        try {
            return Files.readSymbolicLink(handle);
        } catch (IOException e) {
            return handle; // Closed in the meantime.
        }
    }
}
