package dev.skelly.cli;

import dev.skelly.config.Settings;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Declares the commands. */
@Command(
        name = "skelly",
        description = "An event-driven application backend in one jar. Without a command: serve.",
        footer = {
            "",
            "Every setting is also a flag, --http.port=8080, and an environment variable, SKELLY_HTTP_PORT.",
            "--config=FILE names a settings file; default: conf/skelly.yaml if it exists.",
            "Exit codes: 0 success, 1 failure, 2 wrong usage or settings, 3 unhealthy."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ProductVersion.class)
final class Subcommands implements Callable<Integer> {

    private final Program program;
    private final NodeControl product;
    private final CommandLineArguments arguments;

    Subcommands(Program program, NodeControl product, CommandLineArguments arguments) {
        this.program = program;
        this.product = product;
        this.arguments = arguments;
    }

    @Override
    public Integer call() throws InterruptedException {
        return serve();
    }

    @Command(description = "Runs a node until the process gets SIGTERM.", mixinStandardHelpOptions = true)
    int serve() throws InterruptedException {
        return new ServeCommand(product, program.out()).run(settings());
    }

    @Command(description = "Migrates the tables to this version, and ends.", mixinStandardHelpOptions = true)
    int migrate() throws InterruptedException {
        var ran = Await.of(product.migrate(settings()));
        program.out().println("migrations run: " + ran);
        program.out().flush();
        return Program.OK;
    }

    @Command(
            description = "Checks that a running node is ready; exit code 3 if it is not.",
            mixinStandardHelpOptions = true)
    int health(
            @Option(
                            names = "--url",
                            paramLabel = "URL",
                            description =
                                    "URL of the node; default: from the settings, over TLS with the certificate in them")
                    @Nullable
                    String url) {
        var question = new HealthProbe(program.out());
        return url == null ? question.ask(settings()) : question.ask(url);
    }

    @Command(description = "Prints the version.", mixinStandardHelpOptions = true)
    int version() {
        program.out().println(ProductVersion.text());
        program.out().flush();
        return Program.OK;
    }

    @Command(
            description = "Runs only the embedded database and broker, for other nodes, until SIGTERM.",
            mixinStandardHelpOptions = true)
    int services(
            @Option(
                            names = "--only",
                            split = ",",
                            paramLabel = "SERVICE",
                            description = "some of: ${COMPLETION-CANDIDATES}; default: all")
                    @Nullable
                    Set<NodeControl.Service> only)
            throws InterruptedException {
        var which = only == null ? EnumSet.allOf(NodeControl.Service.class) : only;
        return new ServeCommand(product, program.out()).runServices(settings(), which);
    }

    private Settings settings() {
        return program.settings(arguments);
    }

    /** {@code config …} */
    @Command(name = "config", description = "Shows and checks the settings.", mixinStandardHelpOptions = true)
    static final class Config {

        private final Subcommands parent;

        Config(Subcommands parent) {
            this.parent = parent;
        }

        @Command(
                description = "Prints every setting with its value and the source of the value; masks secrets.",
                mixinStandardHelpOptions = true)
        int print() {
            var settings = parent.settings();
            parent.product.check(settings);
            var out = parent.program.out();
            settings.values()
                    .forEach(value -> out.println(value.key() + " = " + value.text() + "  # " + value.origin()));
            out.flush();
            return Program.OK;
        }

        @Command(
                description = "Lists all errors of the settings; exit code 2 if there are any.",
                mixinStandardHelpOptions = true)
        int check() {
            parent.product.check(parent.settings());
            parent.program.out().println("the settings are as expected");
            parent.program.out().flush();
            return Program.OK;
        }
    }
}
