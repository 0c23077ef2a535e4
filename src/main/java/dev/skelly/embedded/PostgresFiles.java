package dev.skelly.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Creates the files of the embedded database: {@code postgres/} with programs, data and log. Blocks. */
final class PostgresFiles {

    private static final int INITDB_SECONDS_MAX = 120;

    private final Path home;
    private final Path data;
    private final PostgresBinaries binaries;
    private final UnprivilegedUser unprivileged;

    private PostgresFiles(Path home, PostgresBinaries binaries, UnprivilegedUser unprivileged) {
        this.home = home;
        this.data = cluster(home);
        this.binaries = binaries;
        this.unprivileged = unprivileged;
    }

    /** Creates the missing files; after an interrupted start it begins again. */
    static PostgresFiles prepare(DataFolder folder) {
        var home = home(folder.path());
        try {
            Files.createDirectories(home.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + home, e);
        }
        var files = new PostgresFiles(home, PostgresBinaries.unpack(home), UnprivilegedUser.find());
        files.unprivileged.prepare(home);
        if (!Files.isDirectory(files.data)) {
            requireNoOtherVersion(home);
            files.initialise(folder.secret("database.administrator-password"));
        }
        return files;
    }

    /* A new database beside the data of another version would look as if everything was lost. */
    private static void requireNoOtherVersion(Path home) {
        try (var found = Files.newDirectoryStream(home, "data-[0-9][0-9]")) {
            for (var other : found) {
                throw new IllegalStateException("data.dir: " + other + " is of another version of PostgreSQL than "
                        + PostgresBinaries.MAJOR
                        + ", which this release runs (expected: its content carried over; skelly db"
                        + " upgrade says how)");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + home, e);
        }
    }

    Path data() {
        return data;
    }

    /** Returns the server's own folder in a data folder. */
    static Path data(Path folder) {
        return cluster(home(folder));
    }

    /** Returns the folder of everything about PostgreSQL in a data folder. */
    static Path home(Path folder) {
        return folder.resolve("postgres");
    }

    private static Path cluster(Path home) {
        return home.resolve("data-" + PostgresBinaries.MAJOR);
    }

    Path log() {
        return home.resolve("log");
    }

    /** Returns the command that runs {@code postgres} with these arguments. */
    List<String> server(List<String> arguments) {
        var command = new ArrayList<>(List.of(binaries.program("postgres"), "-D", data.toString()));
        command.addAll(arguments);
        return unprivileged.command(command);
    }

    /* Initialises a temporary folder and moves it when it is complete: a folder named data-18 is always a complete one. */
    private void initialise(String password) {
        var aside = home.resolve("data-" + PostgresBinaries.MAJOR + ".new");
        var passwordFile = home.resolve("initdb.password");
        try {
            FolderTree.delete(aside);
            Files.deleteIfExists(passwordFile);
            Files.createFile(
                    passwordFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(passwordFile, password);
            unprivileged.prepare(passwordFile);
            initdb(aside, passwordFile);
            Files.move(aside, data, StandardCopyOption.ATOMIC_MOVE);
            Files.delete(passwordFile);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create a database in " + data, e);
        }
    }

    private void initdb(Path into, Path passwordFile) throws IOException {
        var log = log().resolve("initdb.log");
        var process = new ProcessBuilder(unprivileged.command(List.of(
                        binaries.program("initdb"),
                        "--pgdata=" + into,
                        "--username=postgres",
                        "--auth=scram-sha-256",
                        "--pwfile=" + passwordFile,
                        "--encoding=UTF8",
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--data-checksums")))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(INITDB_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("initdb takes too long; see " + log);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted during initdb", e);
        }
        if (process.exitValue() != 0) {
            throw new IOException("initdb failed: " + Files.readString(log).strip());
        }
    }
}
