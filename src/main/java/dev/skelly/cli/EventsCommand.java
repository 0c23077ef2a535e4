package dev.skelly.cli;

import dev.skelly.features.transfer.EventTransfer;
import dev.skelly.features.transfer.ExportQuery;
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

/** The command {@code events …}. */
@Command(name = "events", description = "Looks after events and their types.", mixinStandardHelpOptions = true)
final class EventsCommand {

    private static final String TYPES = "only these, or families such as user.*";
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
            description = "Says every fault of the declared event types; exit code 2 when there is one.",
            mixinStandardHelpOptions = true)
    int check() throws InterruptedException {
        var types = Await.of(product.checkEvents(program.settings(arguments)));
        program.say("the event types are as expected: " + types.size());
        types.forEach(type -> program.say("  " + type));
        return Program.OK;
    }

    @Command(
            description = "Says events as they happen, a line of CloudEvents JSON each, until it is told to end.",
            footer = {"", "Sealed fields are left out. It is noted in the audit, as the operator's."},
            mixinStandardHelpOptions = true)
    int tail(
            @Option(names = "--types", split = ",", paramLabel = "TYPE", description = TYPES) @Nullable
                    List<String> types,
            @Option(names = "--after", paramLabel = "CURSOR", defaultValue = "latest", description = AFTER)
                    String after,
            @Option(names = "--limit", paramLabel = "N", defaultValue = NO_LIMIT, description = "ends after so many")
                    long limit)
            throws InterruptedException {
        var query = new ExportQuery(after, orNone(types), limit, false, true);
        var unused = Await.of(log(desk -> desk.export(query, program::say)));
        return Program.OK;
    }

    @Command(
            description = "Says the events that there are, oldest first, a line of CloudEvents JSON each.",
            footer = {
                "",
                "Sealed fields are left out; --open-sealed opens them, with the master key that the settings name, for people who were not",
                "erased. It is noted in the audit, as the operator's."
            },
            mixinStandardHelpOptions = true)
    int export(
            @Option(names = "--types", split = ",", paramLabel = "TYPE", description = TYPES) @Nullable
                    List<String> types,
            @Option(names = "--after", paramLabel = "CURSOR", defaultValue = "earliest", description = AFTER)
                    String after,
            @Option(names = "--limit", paramLabel = "N", defaultValue = NO_LIMIT, description = "at most so many")
                    long limit,
            @Option(names = "--open-sealed", description = "with what is sealed, in clear") boolean open,
            @Option(
                            names = "--file",
                            paramLabel = "FILE",
                            description = "a new file, for its owner's eyes; else standard output")
                    @Nullable
                    Path file)
            throws IOException, InterruptedException {
        var query = new ExportQuery(after, orNone(types), limit, open, false);
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
                    "Appends events from lines as export writes them. An event that is in the log already is passed over.",
            footer = {
                "",
                "Every fault is told with its line, and the other lines are imported; exit code 1 then. Interrupted, it is run again.",
                "Workers take imported events as any others. It is noted in the audit, as the operator's."
            },
            mixinStandardHelpOptions = true)
    int importLines(@Parameters(paramLabel = "FILE", description = "file of lines; - for standard input") Path file)
            throws IOException, InterruptedException {
        try (var lines = open(file)) {
            var outcome = Await.of(log(desk -> desk.importAll(() -> lines.next(EventTransfer.BATCH))));
            outcome.faults().forEach(program::say);
            program.say("events appended: " + outcome.appended() + ", there already: " + outcome.repeated()
                    + ", faults: " + outcome.faults().size());
            return outcome.faults().isEmpty() ? Program.OK : Program.FAILURE;
        }
    }

    private static LineReader open(Path file) throws IOException {
        return new LineReader(
                file.toString().equals("-") ? System.in : Files.newInputStream(file), EventTransfer.LINE_BYTES_MAX);
    }

    private <T> Future<T> log(Function<EventTransfer, Future<T>> act) {
        return product.withLog(program.settings(arguments), act);
    }

    private static List<String> orNone(@Nullable List<String> types) {
        return types == null ? List.of() : types;
    }
}
