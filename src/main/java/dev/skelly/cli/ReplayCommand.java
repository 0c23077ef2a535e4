package dev.skelly.cli;

import dev.skelly.config.InvalidSettingsException;
import dev.skelly.event.CommandContext;
import dev.skelly.feature.ProjectionAdmin;
import dev.skelly.feature.Replay;
import dev.skelly.feature.ReplayRequest;
import dev.skelly.sandbox.SandboxRequest;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code replay …} */
@Command(
        name = "replay",
        description =
                "Replays the log: a part to a worker, all of it to a projection, or up to a point into a sandbox.",
        footer = {
            "",
            "To a worker or a projection: without --run it only shows what would change. Only workers that may repeat their effects take part;",
            "what a replay causes reaches no others, so that no mail is sent again. The leader of the relay does the work; the audit records it.",
            "",
            "Into a sandbox: the original is only read, and may run. A sandbox sends no mail and no request, and uses only its embedded servers.",
            "Events and what follows from them alone are those of the point; all other tables, as accounts and products, are as they are now.",
            "No login is copied, nothing is scheduled, and no worker works the copied events again. FOLDER is as confidential as the original."
        },
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {

    private static final int LISTED = 20;

    private final Program program;
    private final NodeControl product;
    private final CommandLineArguments arguments;

    @Option(names = "--worker", paramLabel = "NAME", description = "to this worker")
    private @Nullable String worker;

    @Option(names = "--projection", paramLabel = "NAME", description = "to this projection, which is rebuilt")
    private @Nullable String projection;

    @Option(
            names = "--into",
            paramLabel = "FOLDER",
            description = "into a sandbox in this folder, which does not exist or is empty; runs it")
    private @Nullable Path into;

    @Option(names = "--from", paramLabel = "POSITION", description = "first position; default: 1")
    private @Nullable Long from;

    @Option(
            names = "--to",
            paramLabel = "POINT",
            description = "last position; into a sandbox also an RFC 3339 time; default: the newest event")
    private @Nullable String to;

    @Option(
            names = "--types",
            split = ",",
            paramLabel = "TYPE",
            description = "to a worker: only events of these types")
    private @Nullable List<String> types;

    @Option(names = "--subject", paramLabel = "SUBJECT", description = "to a worker: only events of this subject")
    private @Nullable String subject;

    @Option(names = "--rate", paramLabel = "EVENTS", description = "events per second; default: 100 to a worker")
    private @Nullable Integer rate;

    @Option(names = "--run", description = "to a worker or a projection: replays after the dry run")
    private boolean run;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "port of the sandbox; default: a free one at each start")
    private int port;

    @Option(names = "--prepare-only", description = "does not run the sandbox; prints the command that does")
    private boolean prepareOnly;

    ReplayCommand(Program program, NodeControl product, CommandLineArguments arguments) {
        this.program = program;
        this.product = product;
        this.arguments = arguments;
    }

    @Override
    public Integer call() throws InterruptedException {
        var targets = Stream.of(worker, projection, into)
                .filter(target -> target != null)
                .count();
        if (targets != 1) {
            throw new InvalidSettingsException(
                    List.of("replay: " + targets + " targets (expected: one of --worker, --projection and --into)"));
        }
        return into == null ? toPart() : intoSandbox(into);
    }

    private int intoSandbox(Path folder) throws InterruptedException {
        if (run || from != null || types != null || subject != null || rate != null) {
            throw new InvalidSettingsException(
                    List.of(
                            "replay --into: --from, --types, --subject, --rate or --run (expected: only --to, --port and --prepare-only)"));
        }
        return new SandboxRun(program, product)
                .run(program.settings(arguments), new SandboxRequest(folder, to, port), prepareOnly);
    }

    private int toPart() throws InterruptedException {
        if (prepareOnly || port != 0) {
            throw new InvalidSettingsException(
                    List.of("replay: --port or --prepare-only (expected: only with --into)"));
        }
        var request = new ReplayRequest(worker, projection, from, position(to), types, subject, rate);
        return Await.of(product.with(
                        program.settings(arguments),
                        ProjectionAdmin.class,
                        admin -> admin.start(request, false, operator())
                                .compose(replay -> new ReplayProgress(admin, program::say)
                                        .until(replay)
                                        .compose(checked -> checked && run
                                                ? run(admin, replay)
                                                : Future.succeededFuture(checked)))))
                ? Program.OK
                : Program.FAILURE;
    }

    private static @Nullable Long position(@Nullable String text) {
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw new InvalidSettingsException(
                    List.of("--to: " + text + " (expected: a position; a time only with --into)"));
        }
    }

    private Future<Boolean> run(ProjectionAdmin admin, Replay replay) {
        return admin.run(replay.id(), operator())
                .compose(running -> new ReplayProgress(admin, program::say).until(running));
    }

    private static CommandContext operator() {
        return CommandContext.byOperator(UUID.randomUUID());
    }

    @Command(description = "Prints the newest replays.", mixinStandardHelpOptions = true)
    int list() throws InterruptedException {
        Await.of(product.with(program.settings(arguments), ProjectionAdmin.class, admin -> admin.replays(LISTED)))
                .forEach(replay -> program.say(replay.id() + "  " + replay.state() + "  "
                        + replay.scope().target() + " " + replay.scope().name() + "  "
                        + replay.times().created()));
        return Program.OK;
    }

    @Command(description = "Cancels a replay; what it has done remains.", mixinStandardHelpOptions = true)
    int cancel(@Parameters(paramLabel = "ID", description = "id of the replay") UUID id) throws InterruptedException {
        var replay = Await.of(product.with(
                program.settings(arguments), ProjectionAdmin.class, admin -> admin.cancel(id, operator())));
        program.say("replay " + replay.id() + ": " + replay.state());
        return Program.OK;
    }
}
