package dev.skelly.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code doctor}. */
@Command(
        name = "doctor",
        description =
                "Checks what stands between this machine and a server: buffers, cut connections, HTTP version, clocks.",
        footer = {
            "",
            "Needs no login. Exit codes: 0 nothing found, 1 warnings, 2 wrong usage, 3 no server answers there."
        },
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    private static final Duration IDLE_MAX = Duration.ofMinutes(2);

    private final Program program;

    @Spec
    @SuppressWarnings("NullAway.Init") // The parser sets it.
    private CommandSpec spec;

    @Parameters(paramLabel = "URL", description = "URL of the server as browsers have it, without a path")
    private String url = "";

    @Option(
            names = "--idle",
            paramLabel = "TIME",
            converter = TimeOption.class,
            defaultValue = "35s",
            description = "silence that a connection must survive, up to 2m; 0s checks none; default: ${DEFAULT-VALUE}")
    private Duration idle = Duration.ZERO;

    DoctorCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws InterruptedException {
        var server = RemoteNode.of(url)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "URL: " + url + " (expected: http://host:port or https://host)"));
        if (idle.compareTo(IDLE_MAX) > 0) {
            throw new ParameterException(
                    spec.commandLine(), "--idle: " + idle.toSeconds() + "s (expected: at most 2m)");
        }
        return new ConnectionChecks(server, idle, program::say).run();
    }
}
