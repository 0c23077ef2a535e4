package dev.skelly.cli;

import dev.skelly.embedded.PostgresVersions;
import picocli.CommandLine.Command;

/** {@code db …} */
@Command(
        name = "db",
        description = "Says how a database of another PostgreSQL is carried over.",
        mixinStandardHelpOptions = true)
final class DbCommand {

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
