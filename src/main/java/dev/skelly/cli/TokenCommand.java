package dev.skelly.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code token …}. */
@Command(name = "token", description = "Makes access tokens for scripts.", mixinStandardHelpOptions = true)
final class TokenCommand {

    private final Program program;
    private final NodeControl product;
    private final CommandLineArguments arguments;

    TokenCommand(Program program, NodeControl product, CommandLineArguments arguments) {
        this.program = program;
        this.product = product;
        this.arguments = arguments;
    }

    @Command(
            description =
                    "Says an access token for an account; under a sign-in of its own, which the person sees and can end.",
            footer = {
                "",
                "It lives as long as every access token (security.token-life) or shorter, so that taking a right takes it from every token;",
                "a script that goes on asks for another one. It is noted in the audit, as the operator's."
            },
            mixinStandardHelpOptions = true)
    int create(
            @Option(names = "--user", required = true, paramLabel = "WHO", description = "id or e-mail address")
                    String who,
            @Option(names = "--seconds", paramLabel = "N", description = "to live shorter") @Nullable Long seconds,
            @Option(names = "--json", description = "with its sign-in and its end, as one line of JSON") boolean json)
            throws InterruptedException {
        var life = seconds == null ? null : Duration.ofSeconds(seconds);
        var token = Await.of(product.withPeople(program.settings(arguments), people -> people.token(who, life)));
        if (json) {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("accessToken", token.text());
            fields.put("session", token.session().toString());
            fields.put("expiresAt", token.expiresAt().toString());
            program.sayJson(fields);
        } else {
            program.say(token.text());
        }
        return Program.OK;
    }
}
