package dev.skelly.node;

import dev.skelly.feature.Feature;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * Loads the classes and files of one jar of the features' folder. Classes of the program come first, so that no jar replaces one; files of
 * the jar come first, so that none is hidden by a file of the program. Its name is the path of the jar. Safe on any thread.
 */
final class FeatureJarLoader extends URLClassLoader {

    /** The file of a jar that names its feature classes. */
    static final String SERVICES = "META-INF/services/" + Feature.class.getName();

    static {
        registerAsParallelCapable();
    }

    FeatureJarLoader(Path jar) throws MalformedURLException {
        super(jar.toString(), new URL[] {jar.toUri().toURL()}, FeatureJarLoader.class.getClassLoader());
    }

    @Override
    public @Nullable URL getResource(String name) {
        var own = findResource(name);
        return own == null ? super.getResource(name) : own;
    }

    /* The program's own features are no features of this jar. */
    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return name.equals(SERVICES) ? findResources(name) : super.getResources(name);
    }

    /* Not that of the superclass, which would close files of the program with this loader. */
    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        var own = findResource(name);
        try {
            return own == null ? getParent().getResourceAsStream(name) : own.openStream();
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public @Nullable URL findResource(String name) {
        var found = super.findResource(name);
        return found == null ? null : uncached(found);
    }

    @Override
    public Enumeration<URL> findResources(String name) throws IOException {
        var found = new ArrayList<URL>();
        for (var url : Collections.list(super.findResources(name))) {
            found.add(uncached(url));
        }
        return Collections.enumeration(found);
    }

    /*
     * Opening the address of a file in a jar, as Flyway does, opens the jar once more, and by default the JVM keeps it open for all:
     * after the jar was replaced, the former one would be read.
     */
    private static URL uncached(URL found) {
        try {
            return new URL(null, found.toExternalForm(), new URLStreamHandler() {
                @Override
                protected URLConnection openConnection(URL url) throws IOException {
                    var connection = found.openConnection();
                    connection.setUseCaches(false);
                    return connection;
                }
            });
        } catch (MalformedURLException e) {
            throw new IllegalStateException("an address of a file in a jar is well-formed", e);
        }
    }
}
