package dev.skelly.sandbox;

import dev.skelly.config.SettingValue;
import dev.skelly.config.StartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The folder of a sandbox, which its owner alone can read: the copy is as confidential as the original. Blocks. */
public final class SandboxFolder {

    private static final String SETTINGS = "skelly.yaml";
    private static final String MASTER_KEY = "master-key";
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> PRIVATE_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path path;
    private final boolean existed;

    private SandboxFolder(Path path, boolean existed) {
        this.path = path;
        this.existed = existed;
    }

    /**
     * Returns why a folder cannot be a sandbox, one sentence each.
     *
     * @param data the data folder of the original
     */
    static List<String> faults(Path folder, Path data) {
        var faults = new ArrayList<String>();
        try {
            if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS) && !isEmpty(folder)) {
                faults.add("--into: " + folder + " (expected: a folder that does not exist, or an empty one)");
            }
            if (real(folder).startsWith(real(data))) {
                faults.add("--into: " + folder + " (expected: a folder outside data.dir, " + data + ")");
            }
        } catch (IOException e) {
            faults.add("--into: " + folder + " (expected: a folder that can be read)");
        }
        return faults;
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    /* Follows the links of what exists. */
    private static Path real(Path folder) throws IOException {
        var path = folder.toAbsolutePath().normalize();
        for (var above = path; above != null; above = above.getParent()) {
            if (Files.exists(above)) {
                return above.toRealPath().resolve(above.relativize(path));
            }
        }
        return path;
    }

    /** Creates the folder, or takes an empty one. */
    public static SandboxFolder create(Path folder) {
        var path = folder.toAbsolutePath().normalize();
        var existed = Files.exists(path);
        try {
            if (!existed) {
                var parent = path.getParent();
                Files.createDirectories(parent == null ? path : parent);
                Files.createDirectory(path, PRIVATE_FOLDER);
            }
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            return new SandboxFolder(path.toRealPath(), existed);
        } catch (IOException e) {
            throw new StartException("--into: " + folder + " cannot be made (expected: a folder that this user may"
                    + " write to): " + e.getClass().getSimpleName());
        }
    }

    /** Returns the absolute path, without links. */
    public Path path() {
        return path;
    }

    /** Returns the file of the settings. */
    public Path settings() {
        return path.resolve(SETTINGS);
    }

    /**
     * Writes the settings and the master key.
     *
     * @param originals all bound settings of the original
     * @param masterKey with which keys in the original's database are encrypted; empty if they are not
     */
    public void write(Collection<SettingValue> originals, int port, String masterKey) {
        try {
            Files.writeString(Files.createFile(settings(), PRIVATE), SandboxSettings.file(originals, path, port));
            if (!masterKey.isEmpty()) {
                Files.writeString(Files.createFile(path.resolve(MASTER_KEY), PRIVATE), masterKey + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + path, e);
        }
    }

    /** Deletes what was made. */
    public void delete() {
        try (var files = Files.walk(path)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!(existed && file.equals(path))) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + path, e);
        }
    }
}
