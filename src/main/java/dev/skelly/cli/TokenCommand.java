package dev.skelly.cli;

import dev.skelly.feature.UserAdmin;
import java.time.Duration;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code token …} */
@Command(name = "token", description = "Creates access tokens for scripts.", mixinStandardHelpOptions = true)
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
                    "Prints an access token for an account. The token has its own session, which the person sees and can end.",
            footer = {
                "",
                "The token is valid for security.token-life or less, like every access token, so that a revoked right ends in all tokens.",
                "A script that runs longer requests another one. The audit records the command as the operator's."
            },
            mixinStandardHelpOptions = true)
    int create(
            @Option(names = "--user", required = true, paramLabel = "WHO", description = "id or e-mail address")
                    String who,
            @Option(names = "--seconds", paramLabel = "N", description = "shorter validity") @Nullable Long seconds,
            @Option(names = "--json", description = "with its session and expiry, as one line of JSON") boolean json)
            throws InterruptedException {
        var life = seconds == null ? null : Duration.ofSeconds(seconds);
        var token =
                Await.of(product.with(program.settings(arguments), UserAdmin.class, people -> people.token(who, life)));
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
