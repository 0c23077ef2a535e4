package dev.skelly.embedded;

import dev.skelly.database.DatabaseAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** Finds the server that another process runs over a data folder, so that a command of the same user can use it. */
public final class RunningPostgres {

    private static final int PORT_LINE =
            3; // https://www.postgresql.org/docs/18/storage-file-layout.html: postmaster.pid

    private RunningPostgres() {}

    /**
     * Returns its address and the application's login. Reads files only.
     *
     * @param folder the data folder; need not exist
     * @return empty when no process holds the folder, or the process runs no database
     */
    public static Optional<DatabaseAddress> over(Path folder) {
        var port = port(folder);
        return port.isPresent()
                ? Optional.of(PostgresServer.application(port.getAsInt(), secrets(folder)))
                : Optional.empty();
    }

    /** Returns the superuser's login in the same way. */
    static Optional<DatabaseAddress> administratorOver(Path folder) {
        var port = port(folder);
        return port.isPresent()
                ? Optional.of(PostgresServer.administrator(port.getAsInt(), secrets(folder)))
                : Optional.empty();
    }

    private static GeneratedSecrets secrets(Path folder) {
        return new GeneratedSecrets(folder.resolve("secrets"));
    }

    private static OptionalInt port(Path folder) {
        try {
            var mark = PostgresFiles.data(folder).resolve("postmaster.pid");
            if (!DataFolder.inUse(folder) || !Files.exists(mark)) {
                return OptionalInt.empty();
            }
            return Files.readAllLines(mark).stream()
                    .skip(PORT_LINE)
                    .limit(1)
                    .mapToInt(port -> Integer.parseInt(port.strip()))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException("data.dir: " + folder + " (expected: a folder that can be read)", e);
        }
    }
}
