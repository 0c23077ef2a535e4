package dev.skelly.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** Unpacks the PostgreSQL of the jar once into {@code postgres/bin-VERSION} of the data folder. Blocks. */
record PostgresBinaries(Path folder) {

    /** The version in the jar; a test compares it with the version that the program reports. */
    static final String VERSION = "18.6";

    /** The major number of {@link #VERSION}: data of one major version is not readable by another. */
    static final String MAJOR = VERSION.substring(0, VERSION.indexOf('.'));

    /**
     * Unpacks the programs, unless they are unpacked already.
     *
     * @param home the {@code postgres} folder
     * @throws IllegalStateException on a machine for which the jar contains no PostgreSQL
     */
    static PostgresBinaries unpack(Path home) {
        var folder = home.resolve("bin-" + VERSION);
        if (!Files.isDirectory(folder)) {
            var aside = home.resolve("bin-" + VERSION + ".new");
            try (var packed = open()) {
                FolderTree.delete(aside);
                Files.createDirectories(aside);
                extract(packed, aside);
                Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot unpack PostgreSQL into " + folder, e);
            }
        }
        return new PostgresBinaries(folder);
    }

    String program(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }

    private static InputStream open() throws IOException {
        var machine = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        var resource = switch (machine) {
            case "Linux amd64" -> "/postgres-linux-x86_64.txz";
            case "Linux aarch64" -> "/postgres-linux-arm_64.txz";
            default -> "";
        };
        var packed = resource.isEmpty() ? null : PostgresBinaries.class.getResourceAsStream(resource);
        if (packed == null) {
            throw new IllegalStateException(
                    "no PostgreSQL for " + machine + " in this jar (expected: db.url of a PostgreSQL server)");
        }
        return packed;
    }

    private static void extract(InputStream packed, Path into) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(packed)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                extract(tar, entry, into);
            }
        }
    }

    private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path into) throws IOException {
        var target = into.resolve(entry.getName()).normalize();
        if (!target.startsWith(into)) {
            throw new IOException("entry leads out of the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        Files.setPosixFilePermissions(target, permissions(entry.getMode()));
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        var permissions = EnumSet.of(
                PosixFilePermission.OWNER_READ,
                PosixFilePermission.OWNER_WRITE,
                PosixFilePermission.GROUP_READ,
                PosixFilePermission.OTHERS_READ);
        if ((mode & 0100) != 0) {
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
            permissions.add(PosixFilePermission.GROUP_EXECUTE);
            permissions.add(PosixFilePermission.OTHERS_EXECUTE);
        }
        return permissions;
    }
}
