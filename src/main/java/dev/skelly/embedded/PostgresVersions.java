package dev.skelly.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The databases in a data folder, by their versions.
 *
 * @param folders newest version first
 */
public record PostgresVersions(List<ClusterFolder> folders) {

    /** The major version of PostgreSQL that this release runs. */
    public static final int OF_THIS_RELEASE = Integer.parseInt(PostgresBinaries.MAJOR);

    /**
     * The files of one database.
     *
     * @param version its major version, as the files themselves say
     */
    public record ClusterFolder(Path path, int version) {}

    /** Copies the list. */
    public PostgresVersions {
        folders = List.copyOf(folders);
    }

    /**
     * Finds them. Reads files only. Blocks.
     *
     * @param folder the data folder; need not exist
     * @throws IllegalStateException when one does not say its version
     */
    public static PostgresVersions in(Path folder) {
        var home = PostgresFiles.home(folder.toAbsolutePath().normalize());
        var found = new ArrayList<ClusterFolder>();
        if (Files.isDirectory(home)) {
            try (var paths = Files.newDirectoryStream(home, "data-[0-9][0-9]")) {
                for (var path : paths) {
                    found.add(new ClusterFolder(path, version(path.resolve("PG_VERSION"))));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(home + " (expected: a folder that can be read)", e);
            }
        }
        found.sort(Comparator.comparingInt(ClusterFolder::version).reversed());
        return new PostgresVersions(found);
    }

    private static int version(Path file) throws IOException {
        try {
            return Integer.parseInt(Files.readString(file).strip());
        } catch (NoSuchFileException | NumberFormatException e) {
            throw new IllegalStateException(
                    file + " says no version (expected: the files of a PostgreSQL database)", e);
        }
    }

    /** Returns the database that this release cannot read and that would have to be carried over; empty if it has one to start with, or none. */
    public Optional<ClusterFolder> toCarryOver() {
        return folders.stream().anyMatch(found -> found.version() == OF_THIS_RELEASE)
                ? Optional.empty()
                : folders.stream().findFirst();
    }
}
