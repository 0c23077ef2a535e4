package dev.skelly.embedded;

import dev.skelly.database.DatabaseAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

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
        try {
            var mark = PostgresFiles.data(folder).resolve("postmaster.pid");
            if (!DataFolder.inUse(folder) || !Files.exists(mark)) {
                return Optional.empty();
            }
            return Files.readAllLines(mark).stream()
                    .skip(PORT_LINE)
                    .findFirst()
                    .map(port -> PostgresServer.application(
                            Integer.parseInt(port.strip()), new GeneratedSecrets(folder.resolve("secrets"))));
        } catch (IOException e) {
            throw new UncheckedIOException("data.dir: " + folder + " (expected: a folder that can be read)", e);
        }
    }
}
