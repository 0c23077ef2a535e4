package dev.skelly.cli;

import dev.skelly.feature.LogTransfer;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code events …} */
@Command(name = "events", description = "Manages events and event types.", mixinStandardHelpOptions = true)
final class EventsCommand {

    private static final String TYPES = "only these types, or prefixes such as user.*";
    private static final String AFTER = "a cursor, earliest or latest";
    private static final String NO_LIMIT = "" + Long.MAX_VALUE;

    private final Program program;
    private final NodeControl product;
    private final CommandLineArguments arguments;

    EventsCommand(Program program, NodeControl product, CommandLineArguments arguments) {
        this.program = program;
        this.product = product;
        this.arguments = arguments;
    }

    @Command(
            description = "Lists all errors of the declared event types; exit code 2 if there are any.",
            footer = {
                "",
                "With db.url, or beside a node that runs over the same data folder, it also names each type that the log holds and that is",
                "not declared, with the number of its events (counted up to 100,000) and the time of the newest one. The exit code stays 0."
            },
            mixinStandardHelpOptions = true)
    int check() throws InterruptedException {
        var types = Await.of(product.checkEvents(program.settings(arguments)));
        program.say("the event types are as expected: " + types.size());
        types.forEach(type -> program.say("  " + type));
        undeclared().forEach(program::say);
        return Program.OK;
    }

    /* A check of the declarations succeeds without the log. */
    private List<String> undeclared() throws InterruptedException {
        return Await.of(product.undeclaredTypes(program.settings(arguments))
                .map(found -> found.stream()
                        .map(type -> "warning: the log holds events of a type that is not declared: " + type.type()
                                + ", events: " + type.events() + ", newest: " + type.last())
                        .toList())
                .otherwise(failure -> List.of("warning: the log cannot be read, so types that it holds and that are"
                        + " not declared are not named: " + failure.getMessage())));
    }

    @Command(
            description = "Prints events as they happen, one line of CloudEvents JSON each, until it is stopped.",
            footer = {"", "Sealed fields are omitted. The audit records the command as the operator's."},
            mixinStandardHelpOptions = true)
    int tail(
            @Option(names = "--types", split = ",", paramLabel = "TYPE", description = TYPES) @Nullable
                    List<String> types,
            @Option(names = "--after", paramLabel = "CURSOR", defaultValue = "latest", description = AFTER)
                    String after,
            @Option(names = "--limit", paramLabel = "N", defaultValue = NO_LIMIT, description = "ends after N events")
                    long limit)
            throws InterruptedException {
        var query = new LogTransfer.ExportQuery(after, orNone(types), limit, false, true);
        var unused = Await.of(log(desk -> desk.export(query, program::say)));
        return Program.OK;
    }

    @Command(
            description = "Prints the events of the log, oldest first, one line of CloudEvents JSON each.",
            footer = {
                "",
                "Sealed fields are omitted. --open-sealed decrypts them with the master key of the settings, except those of erased",
                "people. Each line has a proof by the master key, or by the log's own key where none is set. The audit records the command",
                "as the operator's."
            },
            mixinStandardHelpOptions = true)
    int export(
            @Option(names = "--types", split = ",", paramLabel = "TYPE", description = TYPES) @Nullable
                    List<String> types,
            @Option(names = "--after", paramLabel = "CURSOR", defaultValue = "earliest", description = AFTER)
                    String after,
            @Option(names = "--limit", paramLabel = "N", defaultValue = NO_LIMIT, description = "at most N events")
                    long limit,
            @Option(names = "--open-sealed", description = "with sealed fields in clear") boolean open,
            @Option(
                            names = "--file",
                            paramLabel = "FILE",
                            description = "new file that only its owner can read; default: standard output")
                    @Nullable
                    Path file)
            throws IOException, InterruptedException {
        var query = new LogTransfer.ExportQuery(after, orNone(types), limit, open, false);
        if (file == null) {
            var unused = Await.of(log(desk -> desk.export(query, program::say)));
            return Program.OK;
        }
        try (var lines = new PrintWriter(Files.newBufferedWriter(PrivateFile.create(file)))) {
            program.say("events exported: " + Await.of(log(desk -> desk.export(query, lines::println))));
            return lines.checkError() ? Program.FAILURE : Program.OK;
        }
    }

    @Command(
            name = "import",
            description =
                    "Appends events from lines in the format of export. Skips events that are already in the log.",
            footer = {
                "",
                "Prints each error with its line number and imports the other lines; exit code 1 then. Run it again after an interruption.",
                "A line whose proof is of this log or of its master keys is appended as it was, also if its type has changed or is not",
                "declared any more. Every other line must satisfy today's types.",
                "Workers process imported events like others. The audit records the command as the operator's."
            },
            mixinStandardHelpOptions = true)
    int importLines(
            @Parameters(paramLabel = "FILE", description = "file with the lines; - for standard input") Path file)
            throws IOException, InterruptedException {
        try (var lines = open(file)) {
            var outcome = Await.of(log(desk -> desk.importAll(() -> lines.next(LogTransfer.BATCH))));
            outcome.faults().forEach(program::say);
            program.say("events appended: " + outcome.appended() + ", there already: " + outcome.repeated()
                    + ", faults: " + outcome.faults().size());
            return outcome.faults().isEmpty() ? Program.OK : Program.FAILURE;
        }
    }

    private static LineReader open(Path file) throws IOException {
        return new LineReader(
                file.toString().equals("-") ? System.in : Files.newInputStream(file), LogTransfer.LINE_BYTES_MAX);
    }

    private <T> Future<T> log(Function<LogTransfer, Future<T>> act) {
        return product.with(program.settings(arguments), LogTransfer.class, act);
    }

    private static List<String> orNone(@Nullable List<String> types) {
        return types == null ? List.of() : types;
    }
}
