package dev.skelly.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.stream.Collectors;

/** What the migrations in the jar look like, all together: names, sizes and checksums, read from the jar's own directory. */
final class Fingerprint {

    private Fingerprint() {}

    /**
     * Of these folders under {@code db/}.
     *
     * @return empty when this is not run from a jar: then files change as one works on them
     */
    static Optional<String> of(List<String> folders) {
        var self = Fingerprint.class.getResource("Fingerprint.class");
        try {
            if (self != null && self.openConnection() instanceof JarURLConnection connection) {
                // The class loader's own jar, shared and open: not ours to close.
                return Optional.of(connection.getJarFile().stream()
                        .filter(entry -> isIn(entry, folders))
                        .map(entry -> entry.getName() + ":" + entry.getSize() + ":" + Long.toHexString(entry.getCrc()))
                        .sorted()
                        .collect(Collectors.joining(" ")));
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the jar cannot be read", e);
        }
    }

    private static boolean isIn(JarEntry entry, List<String> folders) {
        return entry.getName().startsWith("db/")
                && folders.stream().anyMatch(folder -> entry.getName().startsWith("db/" + folder + "/"));
    }
}
