package dev.skelly.config;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Folders and files that no other user of the machine can read. Changes nothing on file systems without POSIX permissions. Blocks. */
public final class OwnerOnly {

    private static final Set<PosixFilePermission> OF_OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private OwnerOnly() {}

    /** Creates a folder with the mode 0700, unless it exists. Its missing parents get the mode of all new folders. */
    public static void createFolder(Path folder) throws IOException {
        var parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try {
            Files.createDirectory(folder, mode(folder, "rwx------"));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    /** Creates an empty file with the mode 0600, unless it exists. */
    public static void createFile(Path file) throws IOException {
        if (!Files.exists(file)) {
            try {
                Files.createFile(file, mode(file, "rw-------"));
            } catch (FileAlreadyExistsException e) {
                return; // Another process has created it.
            }
        }
    }

    private static FileAttribute<?>[] mode(Path path, String mode) {
        return posix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /**
     * Takes all permissions of others from a path that they can read or write. A folder that they can only pass through stays: PostgreSQL of
     * another user needs that.
     *
     * @return whether it was changed; false also when it does not exist
     */
    public static boolean mend(Path path) throws IOException {
        if (!posix(path) || !Files.exists(path)) {
            return false;
        }
        var permissions = Files.getPosixFilePermissions(path);
        if (permissions.stream().noneMatch(OF_OTHERS::contains)) {
            return false;
        }
        var own = EnumSet.of(
                PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
        own.retainAll(permissions);
        Files.setPosixFilePermissions(path, own);
        return true;
    }
}
