package dev.skelly.eventlog;

import dev.skelly.event.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.zip.CRC32;

/**
 * A fingerprint of all migrations: names, sizes and checksums, the same in a jar and in a class folder.
 *
 * @param digest of them all
 * @param newest version of the newest file in each folder under {@code db/} that holds one
 */
record MigrationFingerprint(String digest, Map<String, Integer> newest) {

    /** Returns the folders under {@code db/} that hold at least one file. */
    Set<String> folders() {
        return newest.keySet();
    }

    /**
     * Computes the fingerprint of these folders under {@code db/}, each in its class loader. Of a jar only the directory is read.
     *
     * @return empty when a folder lies neither in a jar nor in the file system
     */
    static Optional<MigrationFingerprint> of(Map<String, ClassLoader> folders) {
        var own = new TreeSet<String>();
        var lines = new Lines();
        try {
            for (var folder : folders.entrySet()) {
                if (Migrations.isOwn(folder.getValue())) {
                    own.add(folder.getKey());
                } else if (!foreign(folder.getKey(), folder.getValue(), lines)) {
                    return Optional.empty();
                }
            }
            return own(own, lines) ? Optional.of(lines.fingerprint()) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the migrations cannot be read", e);
        }
    }

    private static boolean own(Set<String> folders, Lines lines) throws IOException {
        var self = MigrationFingerprint.class.getResource(MigrationFingerprint.class.getSimpleName() + ".class");
        var db = MigrationFingerprint.class.getResource("/db");
        if (self != null && self.openConnection() instanceof JarURLConnection connection) {
            // The class loader's own jar is shared and open, so it must not be closed here.
            lines.addJar(connection.getJarFile(), folders);
            return true;
        }
        if (db == null || !db.getProtocol().equals("file")) {
            return false;
        }
        for (var folder : folders) {
            lines.addFolder(path(db).resolve(folder), folder);
        }
        return true;
    }

    private static boolean foreign(String folder, ClassLoader loader, Lines lines) throws IOException {
        var found = loader.getResource("db/" + folder);
        if (found == null) {
            return true;
        }
        if (found.getProtocol().equals("file")) {
            lines.addFolder(path(found), folder);
            return true;
        }
        if (found.openConnection() instanceof JarURLConnection connection) {
            connection.setUseCaches(false);
            try (var jar = connection.getJarFile()) {
                lines.addJar(jar, Set.of(folder));
            }
            return true;
        }
        return false;
    }

    private static Path path(URL folder) {
        return Path.of(URI.create(folder.toString()));
    }

    /** A line for each file. */
    private static final class Lines {

        private static final int DIGITS_MAX = 9;

        private final List<String> lines = new ArrayList<>();
        private final Map<String, Integer> newest = new TreeMap<>();

        void addJar(JarFile jar, Set<String> folders) {
            jar.stream().filter(entry -> !entry.isDirectory()).forEach(entry -> {
                var parts = entry.getName().split("/", 3);
                if (parts.length == 3 && parts[0].equals("db") && folders.contains(parts[1])) {
                    add(parts[1], parts[2], entry.getSize(), entry.getCrc());
                }
            });
        }

        void addFolder(Path path, String folder) throws IOException {
            if (!Files.isDirectory(path)) {
                return;
            }
            try (var files = Files.walk(path)) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    var checksum = new CRC32();
                    checksum.update(Files.readAllBytes(file));
                    add(folder, path.relativize(file).toString(), Files.size(file), checksum.getValue());
                }
            }
        }

        private void add(String folder, String file, long size, long checksum) {
            lines.add("db/" + folder + "/" + file + ":" + size + ":" + Long.toHexString(checksum));
            newest.merge(folder, version(file), Integer::max);
        }

        /* Files are named as 012_what_it_does.sql; others have no version. */
        private static int version(String file) {
            var digits = file.split("\\D", 2)[0];
            return digits.isEmpty() || digits.length() > DIGITS_MAX ? 0 : Integer.parseInt(digits);
        }

        /* A digest, because an index of PostgreSQL takes no text of thousands of characters. */
        MigrationFingerprint fingerprint() {
            return new MigrationFingerprint(
                    Sha256.of(String.join(" ", lines.stream().sorted().toList())), newest);
        }
    }
}
