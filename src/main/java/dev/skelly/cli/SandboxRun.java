package dev.skelly.cli;

import dev.skelly.config.Settings;
import dev.skelly.sandbox.SandboxRequest;
import java.util.List;
import java.util.Map;

/** Prepares a sandbox and runs it until the process is stopped. */
final class SandboxRun {

    private final Program program;
    private final NodeControl product;

    SandboxRun(Program program, NodeControl product) {
        this.program = program;
        this.product = product;
    }

    int run(Settings original, SandboxRequest request, boolean prepareOnly) throws InterruptedException {
        var report = Await.of(product.prepareSandbox(original, request));
        program.say("copied " + report.events() + " events, up to position " + report.position());
        if (prepareOnly) {
            program.say("next: java -jar skelly.jar serve --config=" + report.settings());
            return Program.OK;
        }
        // Neither flags nor the environment: they are the original's.
        var settings = program.settings(new CommandLineArguments(Map.of(), report.settings(), List.of()), Map.of());
        return new ServeCommand(product, program.out()).run(settings);
    }
}
