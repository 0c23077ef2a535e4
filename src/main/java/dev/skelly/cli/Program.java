package dev.skelly.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.skelly.config.InvalidSettingsException;
import dev.skelly.config.Settings;
import dev.skelly.event.Json;
import dev.skelly.feature.Problem;
import dev.skelly.logging.Logging;
import dev.skelly.logging.LoggingConfig;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;

/** Runs the command line once. */
public final class Program {

    static final int OK = 0;
    static final int FAILURE = 1;
    static final int USAGE = 2;
    static final int UNHEALTHY = 3;

    private final NodeControl product;
    private final Map<String, String> environment;
    private final PrintWriter out;
    private final PrintWriter err;

    /**
     * Creates the program.
     *
     * @param environment as of {@link System#getenv()}
     * @param out receives results
     * @param err receives all other output
     */
    public Program(NodeControl product, Map<String, String> environment, PrintWriter out, PrintWriter err) {
        this.product = product;
        this.environment = Map.copyOf(environment);
        this.out = out;
        this.err = err;
    }

    /** Runs a command until it ends; {@code serve} ends when the process is stopped. Blocks. */
    public int run(String... words) {
        var arguments = CommandLineArguments.sort(words);
        return commandLine(arguments).execute(arguments.words().toArray(String[]::new));
    }

    /** Returns the command line with all commands. */
    CommandLine commandLine(CommandLineArguments arguments) {
        var commands = new Subcommands(this, product, arguments);
        return new CommandLine(commands)
                .addSubcommand(new UserCommand(this, product, arguments))
                .addSubcommand(new TokenCommand(this, product, arguments))
                .addSubcommand(new Subcommands.Config(commands))
                .addSubcommand(new DbCommand(this, product, arguments))
                .addSubcommand(new LogCommand(this, product, arguments))
                .addSubcommand(new EventsCommand(this, product, arguments))
                .addSubcommand(new KeysCommand(this, product, arguments))
                .addSubcommand(new WorkCommand(this, product, arguments))
                .addSubcommand(new ProjectionCommand(this, product, arguments))
                .addSubcommand(new ReplayCommand(this, product, arguments))
                .addSubcommand(new DoctorCommand(this))
                .addSubcommand(new InitCommand(this))
                .addSubcommand(new LoadCommand(this))
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> explain(failure));
    }

    /** Reads the settings, and configures the log with them. */
    Settings settings(CommandLineArguments arguments) {
        return settings(arguments, environment);
    }

    /** Does the same with another environment. */
    Settings settings(CommandLineArguments arguments, Map<String, String> environment) {
        var settings = Settings.load(arguments.settings(), environment, arguments.file());
        Logging.apply(settings.bind("log", LoggingConfig.DEFAULT));
        return settings;
    }

    PrintWriter out() {
        return out;
    }

    /** Prints a result as one line of JSON. */
    void sayJson(Object found) {
        try {
            say(Json.mapper().writeValueAsString(found));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result cannot be written as JSON", e);
        }
    }

    void say(String line) {
        out.println(line);
        out.flush();
    }

    private int explain(Exception failure) {
        if (failure instanceof InvalidSettingsException fault) {
            fault.faults().forEach(err::println);
            return USAGE;
        }
        if (failure instanceof Problem problem) {
            problem.faults().forEach(fault -> err.println(fault.pointer() + ": " + fault.detail()));
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            err.println((cause == failure ? "skelly: " : "  because: ") + said(cause));
        }
        return FAILURE;
    }

    private static String said(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
