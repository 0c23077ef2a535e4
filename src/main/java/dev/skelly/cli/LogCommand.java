package dev.skelly.cli;

import dev.skelly.eventlog.VerificationReport;
import dev.skelly.feature.LogAdmin;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code log …} */
@Command(name = "log", description = "Verifies the log, and changes its epoch.", mixinStandardHelpOptions = true)
final class LogCommand {

    private static final double MILLIS = 1_000;

    private final Program program;
    private final NodeControl product;
    private final CommandLineArguments arguments;

    LogCommand(Program program, NodeControl product, CommandLineArguments arguments) {
        this.program = program;
        this.product = product;
        this.arguments = arguments;
    }

    @Command(
            description =
                    "Recomputes the hash of every event and reports the first position that differs; exit code 1 then.",
            mixinStandardHelpOptions = true)
    int verify(
            @Option(
                            names = "--from",
                            paramLabel = "POSITION",
                            defaultValue = "1",
                            description = "first position; the hash before it is not verified")
                    long from,
            @Option(
                            names = "--to",
                            paramLabel = "POSITION",
                            defaultValue = "" + Long.MAX_VALUE,
                            description = "last position; default: the newest")
                    long to,
            @Option(names = "--seal", paramLabel = "FILE", description = "file of seals to compare the log with")
                    @Nullable
                    Path seal)
            throws InterruptedException {
        if (from < 1 || to < from) {
            program.say("--from, --to: " + from + ", " + to + " (expected: positions from 1, in this order)");
            return Program.USAGE;
        }
        var began = System.nanoTime();
        var walked = Await.of(product.verifyLog(program.settings(arguments), from, to, Optional.ofNullable(seal)));
        program.say(sentence(walked, (System.nanoTime() - began) / 1_000_000));
        return walked.broken().isEmpty() ? Program.OK : Program.FAILURE;
    }

    private static String sentence(VerificationReport walked, long millis) {
        var whole = walked.events() == 0
                ? "no events"
                : "whole: positions " + walked.from() + " to " + walked.to() + ", " + walked.emptied() + " emptied, in "
                        + millis / MILLIS + " s";
        return walked.broken()
                .map(at -> "broken: position " + at.position() + " " + at.what() + System.lineSeparator() + whole)
                .orElse(whole);
    }

    @Command(
            description = "Adds the newest hash of the log to the file of seals, and prints the line.",
            mixinStandardHelpOptions = true)
    int seal() throws InterruptedException {
        var taken = Await.of(product.sealLog(program.settings(arguments)));
        program.say(taken.map(seal -> seal.line()).orElse("nothing is stamped yet"));
        return Program.OK;
    }

    @Command(
            name = "new-epoch",
            description = "Changes the epoch of the log, so that cursors from before are those of another log.",
            footer = {
                "",
                "For a log that was restored to an earlier state. Running nodes notice the new epoch within ten seconds: open streams then get",
                "skelly.gap with the reason other-log, as do streams that resume from an older cursor; other requests with one get 422. Events,",
                "positions and the hash chain stay. The audit records the command as the operator's."
            },
            mixinStandardHelpOptions = true)
    int newEpoch() throws InterruptedException {
        var change = Await.of(product.with(program.settings(arguments), LogAdmin.class, LogAdmin::changeEpoch));
        program.say("epoch of the log: " + change.after() + ", before: " + change.before());
        return Program.OK;
    }
}
