package dev.skelly.cli;

import dev.skelly.cli.NodeControl.DatabasePlace;
import dev.skelly.embedded.PostgresVersions;
import dev.skelly.embedded.PostgresVersions.ClusterFolder;
import java.nio.file.Path;
import java.util.List;

/**
 * Says how the database of a former release comes into the PostgreSQL of this one: dumped from the server of the former jar, and restored into
 * the new and empty server of this jar. The jar has no {@code pg_dump}, and only the former jar starts the former server.
 *
 * @param former the database that this release cannot read
 */
record UpgradeSteps(DatabasePlace place, ClusterFolder former) {

    private static final int PORT = 15_432; // Any other than a server's usual one.

    /** Returns what to do, one line each. */
    List<String> lines() {
        var here = PostgresVersions.OF_THIS_RELEASE;
        var found = former.path() + " is of PostgreSQL " + former.version() + ", this release runs " + here;
        if (former.version() > here) {
            return List.of(
                    found + ": a newer release has made it, and no older one can read it",
                    "Start the newer release over this folder again, or restore a backup of before its start.");
        }
        return steps(found);
    }

    private List<String> steps(String found) {
        var here = PostgresVersions.OF_THIS_RELEASE;
        var postgres = place.folder().resolve("postgres");
        var kept = place.folder().resolve("postgres-" + former.version());
        var dump = place.folder().resolve("postgres-" + former.version() + ".dump");
        return List.of(
                found + ". Nothing was changed. To carry it over:",
                "Install pg_dump and pg_restore of PostgreSQL " + here + " or later (package postgresql-client-" + here
                        + "), have the jar of the release that",
                "ran here before (FORMER.jar below), and end every Skelly over this folder. Copying the folder first is a backup.",
                "1. In a terminal of its own:",
                "     " + services("java -jar FORMER.jar"),
                "2. When it says \"skelly services ready\":",
                "     (umask 077; " + password() + " pg_dump" + login() + " --format=custom --file="
                        + ShellWord.of(dump) + ")",
                "3. End the first terminal's program with Ctrl-C, then:",
                "     mv " + ShellWord.of(postgres) + " " + ShellWord.of(kept),
                "4. In the terminal of its own:",
                "     " + services(OwnJar.command()),
                "5. When it says \"skelly services ready\":",
                "     " + password() + " pg_restore" + login() + " --no-owner --exit-on-error --single-transaction "
                        + ShellWord.of(dump),
                "6. End the program with Ctrl-C, start as usual, and beside it:",
                "     " + OwnJar.command() + " log verify --data.dir=" + ShellWord.of(place.folder()),
                "7. Positions, cursors and the hash chain are those of before. When all is well:",
                "     rm -r " + ShellWord.of(kept) + " " + ShellWord.of(dump),
                "To go back before step 7: delete " + postgres + ", move " + kept
                        + " to its place, and start FORMER.jar.");
    }

    private String services(String program) {
        return program + " services --only=database --data.dir=" + ShellWord.of(place.folder())
                + " --embedded.database-port=" + port();
    }

    private int port() {
        return place.embeddedPort() == 0 ? PORT : place.embeddedPort();
    }

    private String login() {
        return " --host=127.0.0.1 --port=" + port() + " --username=skelly --dbname=skelly";
    }

    private String password() {
        Path secrets = place.folder().resolve("secrets");
        return "PGPASSWORD=\"$(sed -n 's/^database.password=//p' " + ShellWord.of(secrets) + ")\"";
    }
}
