package dev.skelly.cli;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code load}. */
@Command(
        name = "load",
        description = "Opens streams, emits events, and measures how the streams deliver them.",
        footer = {
            "",
            "The events are of the type ui.clicked, about the person who logs in, and stay in the log; use a server made for it. A node admits 100",
            "streams and 100 events a second of one person by default: raise stream.connections-per-user, stream.connections-per-address,",
            "stream.connects-per-address and events.per-second for more.",
            "Exit codes: 0 nothing lost, 1 something lost or refused, 2 wrong usage, 3 no server answers there."
        },
        mixinStandardHelpOptions = true)
final class LoadCommand implements Callable<Integer> {

    private static final Duration FOR_MAX = Duration.ofMinutes(10);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(5);
    private static final int CONNECTIONS_MAX = 20_000;
    private static final int RATE_MAX = 10_000;

    private final Program program;

    @Spec
    @SuppressWarnings("NullAway.Init") // The parser sets it.
    private CommandSpec spec;

    @Parameters(paramLabel = "URL", description = "URL of the server, without a path")
    private String url = "";

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "10",
            description = "streams to open; default: ${DEFAULT-VALUE}")
    private int connections;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "20",
            description = "events to emit in a second, all together; default: ${DEFAULT-VALUE}")
    private int rate;

    @Option(
            names = "--ramp",
            paramLabel = "N",
            defaultValue = "15",
            description = "streams to open in a second; default: ${DEFAULT-VALUE}")
    private int ramp;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = TimeOption.class,
            defaultValue = "30s",
            description = "how long events are emitted, up to 10m; default: ${DEFAULT-VALUE}")
    private Duration time = Duration.ZERO;

    @Option(names = "--email", paramLabel = "ADDRESS", description = "who logs in")
    private @Nullable String email;

    @Option(names = "--password-file", paramLabel = "FILE", description = "file whose first line is the password")
    private @Nullable Path passwordFile;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "file whose first line is an access token, instead of a login")
    private @Nullable Path tokenFile;

    @Option(
            names = "--another-machine",
            description = "allows a server on another machine: only one that is yours and that no one else uses")
    private boolean anotherMachine;

    LoadCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var server = server();
        within("--connections", connections, CONNECTIONS_MAX);
        within("--rate", rate, RATE_MAX);
        within("--ramp", ramp, CONNECTIONS_MAX);
        if (time.isZero() || time.compareTo(FOR_MAX) > 0) {
            throw wrong("--for: " + time.toSeconds() + "s (expected: more than 0, at most 10m)");
        }
        var login = login();
        var vertx = Vertx.vertx();
        try {
            var run = new LoadRun(vertx, server, login, new LoadRun.LoadPlan(connections, rate, ramp, time));
            return run.run(program::say);
        } finally {
            var unused = Await.forEnd(vertx.close(), CLOSE_MAX); // The process ends anyway.
        }
    }

    private RemoteNode server() {
        var server = RemoteNode.of(url)
                .orElseThrow(() -> wrong("URL: " + url + " (expected: http://host:port or https://host)"));
        if (!anotherMachine && !server.loopback()) {
            throw wrong("URL: " + server.host()
                    + " is not this machine (expected: a loopback address, or --another-machine)");
        }
        return server;
    }

    private LoadRun.LoadLogin login() throws IOException {
        if (tokenFile != null) {
            return LoadRun.LoadLogin.byToken(firstLine(tokenFile));
        }
        if (email == null || passwordFile == null) {
            throw wrong("login: missing (expected: --email and --password-file, or --token-file)");
        }
        return LoadRun.LoadLogin.byPassword(email, firstLine(passwordFile));
    }

    private static String firstLine(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElse("");
    }

    private void within(String option, int value, int max) {
        if (value < 1 || value > max) {
            throw wrong(option + ": " + value + " (expected: 1 to " + max + ")");
        }
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
