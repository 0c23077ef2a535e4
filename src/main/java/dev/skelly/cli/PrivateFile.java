package dev.skelly.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Creates files that only their owner can read. */
final class PrivateFile {

    private PrivateFile() {}

    /**
     * Creates a new file.
     *
     * @throws IOException also when it exists
     */
    static Path create(Path file) throws IOException {
        var posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : Files.createFile(file);
    }
}
