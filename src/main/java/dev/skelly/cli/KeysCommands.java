package dev.skelly.cli;

import picocli.CommandLine.Command;

/** {@code keys …} */
@Command(name = "keys", description = "Looks after keys.", mixinStandardHelpOptions = true)
final class KeysCommands {

    private final Program program;
    private final Product product;
    private final Arguments arguments;

    KeysCommands(Program program, Product product, Arguments arguments) {
        this.program = program;
        this.product = product;
        this.arguments = arguments;
    }

    @Command(
            name = "rotate-master",
            description = "Seals every key in the database under the first key of security.master-key=NEW,OLD.",
            mixinStandardHelpOptions = true)
    int rotateMaster() throws InterruptedException {
        program.say("keys sealed anew: " + Waiting.of(product.rotateMaster(program.settings(arguments))));
        return Program.OK;
    }
}
