package dev.skelly.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A request to back up the embedded database of a data folder.
 *
 * @param folder the data folder
 * @param port of the database if it has to be started for the backup; 0 takes a free one
 * @param file the backup, which does not exist yet; absolute
 * @param masterKey whether the file {@code master-key} of the folder is in the backup
 */
public record BackupRequest(Path folder, int port, Path file, boolean masterKey) {

    /** Makes both paths absolute. */
    public BackupRequest {
        folder = folder.toAbsolutePath().normalize();
        file = file.toAbsolutePath().normalize();
    }

    /** Returns the file that has the backup while it is not complete. */
    Path incomplete() {
        return file.resolveSibling(file.getFileName() + ".part");
    }

    /** Returns what is wrong, one sentence each; empty if nothing is. Changes nothing. Blocks. */
    List<String> faults() {
        var faults = new ArrayList<String>();
        if (!PostgresServer.exists(folder)) {
            faults.add("data.dir: " + folder + " has no database of PostgreSQL " + PostgresBinaries.MAJOR
                    + " (expected: a folder with one, or db.url; skelly db upgrade finds those of other versions)");
        }
        var parent = file.getParent();
        if (parent == null || exists(file)) {
            faults.add("FILE: " + file + " exists (expected: a new file)");
        } else if (!Files.isDirectory(parent)) {
            faults.add("FILE: " + parent + " is no folder (expected: a folder that exists)");
        } else if (isInside(parent, folder)) {
            faults.add("FILE: " + file + " (expected: a file outside the data folder, which may be lost as a whole)");
        } else if (exists(incomplete())) {
            faults.add("FILE: " + incomplete()
                    + " exists (expected: none; a backup is writing it, or was broken off: then" + " delete it)");
        }
        return faults;
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isInside(Path path, Path folder) {
        try {
            return Files.isDirectory(folder) && path.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException e) {
            throw new UncheckedIOException("FILE: " + path + " cannot be read (expected: a folder that can be)", e);
        }
    }
}
