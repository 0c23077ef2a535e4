package dev.skelly.cli;

import picocli.CommandLine.Command;

/** {@code events …} */
@Command(name = "events", description = "Looks after events and their types.", mixinStandardHelpOptions = true)
final class EventCommands {

    private final Program program;
    private final Product product;
    private final Arguments arguments;

    EventCommands(Program program, Product product, Arguments arguments) {
        this.program = program;
        this.product = product;
        this.arguments = arguments;
    }

    @Command(
            description = "Says every fault of the declared event types; exit code 2 when there is one.",
            mixinStandardHelpOptions = true)
    int check() throws InterruptedException {
        var types = Waiting.of(product.checkEvents(program.settings(arguments)));
        program.say("the event types are as expected: " + types.size());
        types.forEach(type -> program.say("  " + type));
        return Program.OK;
    }
}
