package dev.skelly.cli;

import dev.skelly.auth.ListSigningKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code keys …} */
@Command(name = "keys", description = "Manages keys.", mixinStandardHelpOptions = true)
final class KeysCommand {

    private final Program program;
    private final NodeControl product;
    private final CommandLineArguments arguments;

    KeysCommand(Program program, NodeControl product, CommandLineArguments arguments) {
        this.program = program;
        this.product = product;
        this.arguments = arguments;
    }

    @Command(
            description = "Lists the keys that sign or verify access tokens, newest first.",
            mixinStandardHelpOptions = true)
    int list(@Option(names = "--json", description = "each as one line of JSON") boolean json)
            throws InterruptedException {
        Await.of(product.signingKeys(program.settings(arguments))).forEach(key -> say(key, json));
        return Program.OK;
    }

    private void say(ListSigningKeys.SigningKey key, boolean json) {
        if (json) {
            program.sayJson(key);
            return;
        }
        var until = key.signsUntil() == null ? "" : " until " + key.signsUntil();
        program.say(key.kid() + "  signs from " + key.signsFrom() + until + (key.sealed() ? "" : "  unsealed"));
    }

    @Command(
            description = "Creates another key that signs access tokens from some minutes later. Ends no session.",
            mixinStandardHelpOptions = true)
    int rotate() throws InterruptedException {
        var made = Await.of(product.rotateSigningKey(program.settings(arguments)));
        program.say(made.kid() + "  signs from " + made.signsFrom());
        return Program.OK;
    }

    @Command(
            name = "rotate-master",
            description = "Encrypts every key in the database with the first key of security.master-key=NEW,OLD.",
            mixinStandardHelpOptions = true)
    int rotateMaster() throws InterruptedException {
        program.say("keys sealed anew: " + Await.of(product.rotateMaster(program.settings(arguments))));
        return Program.OK;
    }
}
