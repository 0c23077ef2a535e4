package dev.skelly.cli;

import dev.skelly.feature.WorkAdmin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code work …} */
@Command(name = "work", description = "Manages the work of workers.", mixinStandardHelpOptions = true)
final class WorkCommand {

    private final Program program;
    private final NodeControl product;
    private final CommandLineArguments arguments;

    WorkCommand(Program program, NodeControl product, CommandLineArguments arguments) {
        this.program = program;
        this.product = product;
        this.arguments = arguments;
    }

    @Command(
            description = "Hands events to the broker again that a worker has not taken, and prints how many.",
            footer = {
                "",
                "The relay finds lost events by itself; this command does not wait for it. The leader of the relay hands the events over within",
                "seconds. Events that a worker has taken have no second effect. The audit records the command as the operator's."
            },
            mixinStandardHelpOptions = true)
    int redispatch(
            @Option(names = "--worker", paramLabel = "NAME", description = "only for this worker; default: all")
                    @Nullable
                    String worker,
            @Option(
                            names = "--from",
                            paramLabel = "POSITION",
                            description = "first position; default: the oldest event that the worker has not taken")
                    @Nullable
                    Long from)
            throws InterruptedException {
        Await.of(product.with(program.settings(arguments), WorkAdmin.class, work -> work.redispatch(worker, from)))
                .forEach(request -> program.say(sentence(request)));
        return Program.OK;
    }

    private static String sentence(WorkAdmin.RedispatchRequest request) {
        return request.worker() + ": "
                + (request.events() == 0
                        ? "nothing to hand over again, up to position " + request.upTo()
                        : "events handed over again: " + request.events() + ", positions " + request.from() + " to "
                                + request.upTo());
    }
}
