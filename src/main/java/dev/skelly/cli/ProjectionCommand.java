package dev.skelly.cli;

import dev.skelly.event.CommandContext;
import dev.skelly.feature.ProjectionAdmin;
import dev.skelly.feature.ProjectionStatus;
import dev.skelly.feature.ReplayRequest;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code projection …} */
@Command(
        name = "projection",
        description = "Lists, rebuilds and pauses projections: tables that follow from events.",
        mixinStandardHelpOptions = true)
final class ProjectionCommand {

    private static final String NAME = "NAME";

    private final Program program;
    private final NodeControl product;
    private final CommandLineArguments arguments;

    ProjectionCommand(Program program, NodeControl product, CommandLineArguments arguments) {
        this.program = program;
        this.product = product;
        this.arguments = arguments;
    }

    @Command(description = "Prints how every projection stands.", mixinStandardHelpOptions = true)
    int list() throws InterruptedException {
        var all = Await.of(
                product.with(program.settings(arguments), ProjectionAdmin.class, ProjectionAdmin::projections));
        program.say(String.format(
                "%-24s %-13s %-11s %12s %8s  %s", "projection", "kind", "state", "position", "behind", ""));
        all.forEach(each -> program.say(line(each)));
        return Program.OK;
    }

    private static String line(ProjectionStatus each) {
        var note = each.error() != null ? each.error() : each.outdated() ? "built by another version: rebuild it" : "";
        return String.format(
                        "%-24s %-13s %-11s %12d %8d  %s",
                        each.name(), each.kind(), each.state(), each.position(), each.lag(), note)
                .stripTrailing();
    }

    @Command(
            description = "Rebuilds a projection beside its tables, and switches when it has caught up.",
            footer = {
                "",
                "The leader of the relay does it; readers see the former rows until the switch. To see first what would change, use:",
                "skelly replay --projection=NAME"
            },
            mixinStandardHelpOptions = true)
    int rebuild(
            @Parameters(paramLabel = NAME, description = "name of the projection") String name,
            @Option(names = "--no-wait", description = "only requests it") boolean noWait)
            throws InterruptedException {
        return Await.of(product.with(program.settings(arguments), ProjectionAdmin.class, admin -> {
                    var follow = new ReplayProgress(admin, program::say);
                    return admin.start(ReplayRequest.rebuild(name), true, CommandContext.byOperator(UUID.randomUUID()))
                            .compose(replay -> noWait ? follow.requested(replay) : follow.until(replay));
                }))
                ? Program.OK
                : Program.FAILURE;
    }

    @Command(description = "Stops applying events to an asynchronous projection.", mixinStandardHelpOptions = true)
    int pause(@Parameters(paramLabel = NAME, description = "name of the projection") String name)
            throws InterruptedException {
        return pause(name, true);
    }

    @Command(description = "Lets a paused or stopped projection go on, at once.", mixinStandardHelpOptions = true)
    int resume(@Parameters(paramLabel = NAME, description = "name of the projection") String name)
            throws InterruptedException {
        return pause(name, false);
    }

    private int pause(String name, boolean paused) throws InterruptedException {
        Await.of(product.with(
                program.settings(arguments),
                ProjectionAdmin.class,
                admin -> admin.pause(name, paused, CommandContext.byOperator(UUID.randomUUID()))));
        program.say("projection " + name + (paused ? " is paused" : " goes on"));
        return Program.OK;
    }
}
