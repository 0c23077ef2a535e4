package dev.skelly.eventlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** Computes a fingerprint of all migrations of this program: names, sizes and checksums, the same in a jar and in a class folder. */
final class MigrationFingerprint {

    private MigrationFingerprint() {}

    /**
     * Computes the fingerprint of these folders under {@code db/}.
     *
     * @return empty when the program lies neither in a jar nor in a folder
     */
    static Optional<String> of(List<String> folders) {
        var self = MigrationFingerprint.class.getResource(MigrationFingerprint.class.getSimpleName() + ".class");
        var db = MigrationFingerprint.class.getResource("/db");
        try {
            if (self != null && self.openConnection() instanceof JarURLConnection connection) {
                // The class loader's own jar is shared and open, so it must not be closed here.
                return Optional.of(joined(connection.getJarFile().stream()
                        .filter(entry -> isIn(entry, folders))
                        .map(entry -> line(entry.getName(), entry.getSize(), entry.getCrc()))));
            }
            if (db != null && db.getProtocol().equals("file")) {
                return Optional.of(inFolder(Path.of(URI.create(db.toString())), folders));
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the migrations cannot be read", e);
        }
    }

    private static boolean isIn(JarEntry entry, List<String> folders) {
        return !entry.isDirectory()
                && entry.getName().startsWith("db/")
                && folders.stream().anyMatch(folder -> entry.getName().startsWith("db/" + folder + "/"));
    }

    private static String inFolder(Path db, List<String> folders) throws IOException {
        try (var files = Files.walk(db)) {
            var migrations = files.filter(Files::isRegularFile)
                    .filter(file ->
                            folders.contains(db.relativize(file).getName(0).toString()))
                    .toList();
            var lines = Stream.<String>builder();
            for (var file : migrations) {
                var checksum = new CRC32();
                checksum.update(Files.readAllBytes(file));
                lines.add(line("db/" + db.relativize(file), Files.size(file), checksum.getValue()));
            }
            return joined(lines.build());
        }
    }

    private static String line(String name, long size, long checksum) {
        return name + ":" + size + ":" + Long.toHexString(checksum);
    }

    private static String joined(Stream<String> lines) {
        return lines.sorted().collect(Collectors.joining(" "));
    }
}
