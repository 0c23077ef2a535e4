package dev.skelly.cli;

import dev.skelly.cli.NodeControl.DatabasePlace;
import dev.skelly.database.DatabaseAddress;
import dev.skelly.embedded.BackupReport;
import dev.skelly.embedded.BackupRequest;
import dev.skelly.embedded.DatabaseBackup;
import dev.skelly.embedded.PostgresVersions;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code db …} */
@Command(
        name = "db",
        description = "Backs up the embedded database, and says how one of another PostgreSQL is carried over.",
        mixinStandardHelpOptions = true)
final class DbCommand {

    private static final double MILLIS = 1_000;

    private final Program program;
    private final NodeControl product;
    private final CommandLineArguments arguments;

    DbCommand(Program program, NodeControl product, CommandLineArguments arguments) {
        this.program = program;
        this.product = product;
        this.arguments = arguments;
    }

    @Command(
            description =
                    "Writes a backup of the embedded database, while a node runs over the data folder or none does.",
            footer = {
                "",
                "FILE is a .tar.gz with what a node needs to start from it: the database, its passwords (secrets) and the file master-key if there",
                "is one. Keep it like a password. What was acknowledged before the command began is in it. The broker's files, the outbox, the file",
                "of seals and the file of erased people are not. The command prints how to restore it.",
                "",
                "For a database of db.url it prints the commands of PostgreSQL that back it up, writes nothing and ends with exit code 2."
            },
            mixinStandardHelpOptions = true)
    int backup(
            @Parameters(paramLabel = "FILE", description = "the backup; a new file in a folder that exists") Path file,
            @Option(
                            names = "--without-master-key",
                            description = "leaves the file master-key out, for those who keep it apart")
                    boolean withoutMasterKey) {
        var place = product.database(program.settings(arguments));
        if (place.outside().isPresent()) {
            outside(place.outside().get(), file).forEach(program::say);
            return Program.USAGE;
        }
        var written =
                DatabaseBackup.take(new BackupRequest(place.folder(), place.embeddedPort(), file, !withoutMasterKey));
        sentences(place, written).forEach(program::say);
        return Program.OK;
    }

    private static List<String> outside(DatabaseAddress at, Path file) {
        var login = " --host=" + ShellWord.of(at.host().replaceAll("[\\[\\]]", "")) + " --port=" + at.port()
                + (at.user().isEmpty() ? "" : " --username=" + ShellWord.of(at.user()));
        var tls = at.tls() ? "PGSSLMODE=verify-full " : "";
        var to = ShellWord.of(file.toAbsolutePath().normalize());
        return List.of(
                "db.url names a database outside the data folder, so nothing is written. This backs up the database:",
                "  " + tls + "pg_dump" + login + " --dbname=" + ShellWord.of(at.database()) + " --format=custom --file="
                        + to,
                "Or its whole server, with a user who may replicate:",
                "  " + tls + "pg_basebackup" + login + " --checkpoint=fast --wal-method=stream --pgdata=" + to,
                "Both ask for the password, or take it from PGPASSFILE or PGPASSWORD.");
    }

    private static List<String> sentences(DatabasePlace place, BackupReport written) {
        var position = written.position();
        var erased = place.erasureFile();
        return List.of(
                "backup of " + place.folder() + ": " + written.file() + ", " + written.bytes() + " bytes, in "
                        + written.took().toMillis() / MILLIS + " s",
                position.isEmpty()
                        ? "log: none yet"
                        : "log: every event up to position " + position.getAsLong() + ", and perhaps newer ones",
                written.masterKey()
                        ? "master key: in the backup; keep it like a password"
                        : "master key: not in the backup; a node needs the same one to start from it",
                "restore, FOLDER being a new data folder:",
                "  mkdir -m 700 FOLDER && tar -xpzf " + ShellWord.of(written.file()) + " -C FOLDER",
                erased.startsWith(place.folder())
                        ? "  cp -p " + ShellWord.of(erased)
                                + " FOLDER/    # the newest one, if there is one: erased people stay erased"
                        : "  # " + erased + " stays as it is, for erased people stay erased",
                "  " + OwnJar.command() + " log new-epoch --data.dir=FOLDER",
                "  " + OwnJar.command() + " --data.dir=FOLDER");
    }

    @Command(
            description =
                    "Says whether the data folder has a database of another PostgreSQL than this release runs, and how it is carried over.",
            footer = {
                "",
                "Changes nothing. Exit code 0: there is nothing to carry over. 1: there is; the commands are printed, with their paths and versions.",
            },
            mixinStandardHelpOptions = true)
    int upgrade() {
        var place = product.database(program.settings(arguments));
        if (place.outside().isPresent()) {
            program.say(
                    "nothing to carry over here: the database of db.url is upgraded with its server, and PostgreSQL 15 or later does");
            return Program.OK;
        }
        var other = PostgresVersions.in(place.folder()).toCarryOver();
        if (other.isEmpty()) {
            program.say("nothing to carry over: " + place.folder() + " has no database of another PostgreSQL than "
                    + PostgresVersions.OF_THIS_RELEASE);
            return Program.OK;
        }
        new UpgradeSteps(place, other.get()).lines().forEach(program::say);
        return Program.FAILURE;
    }
}
