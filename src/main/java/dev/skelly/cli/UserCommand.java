package dev.skelly.cli;

import dev.skelly.config.Settings;
import dev.skelly.feature.UserAdmin;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code user …}. */
@Command(
        name = "user",
        description = "Manages people, in the database of the settings or of the node that runs over the data folder.",
        footer = {"", "WHO is the id or e-mail address of an account. The audit records the commands as the operator's."
        },
        mixinStandardHelpOptions = true)
final class UserCommand {

    private static final int PAGE = 200;
    private static final String WHO = "WHO";
    private static final String WHO_IS = "id or e-mail address";

    private final Program program;
    private final NodeControl product;
    private final CommandLineArguments arguments;

    UserCommand(Program program, NodeControl product, CommandLineArguments arguments) {
        this.program = program;
        this.product = product;
        this.arguments = arguments;
    }

    private <T> T done(Function<UserAdmin, Future<T>> act) throws InterruptedException {
        return Await.of(product.with(program.settings(arguments), UserAdmin.class, act));
    }

    @Command(description = "Creates an account and prints its id.", mixinStandardHelpOptions = true)
    int create(
            @Option(names = "--admin", description = "with the role admin") boolean admin,
            @Option(names = "--email", required = true, paramLabel = "ADDRESS", description = "its address")
                    String email,
            @Option(
                            names = "--password-file",
                            required = true,
                            paramLabel = "FILE",
                            description = "file whose first line is the password; - for standard input")
                    Path passwordFile)
            throws IOException, InterruptedException {
        var password = password(passwordFile);
        program.say(done(people -> people.create(email, password, admin)).toString());
        return Program.OK;
    }

    private static String password(Path file) throws IOException {
        var text = file.toString().equals("-")
                ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                : Files.readString(file);
        return text.lines().findFirst().orElse("");
    }

    @Command(
            description = "Lists accounts, newest first, one a line: id, address, roles, and disabled or unverified.",
            mixinStandardHelpOptions = true)
    int list(
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "" + Long.MAX_VALUE,
                            description = "at most N accounts; default: all")
                    long limit,
            @Option(names = "--json", description = "each as one line of JSON") boolean json)
            throws InterruptedException {
        done(people -> list(people, null, limit, json));
        return Program.OK;
    }

    /* Prints page after page as it arrives, so that few accounts are in memory. */
    private Future<Void> list(UserAdmin people, @Nullable UUID before, long left, boolean json) {
        if (left < 1) {
            return Future.succeededFuture();
        }
        return people.list(before, (int) Math.min(PAGE, left)).compose(page -> {
            page.forEach(user -> say(user, json));
            return page.size() < PAGE
                    ? Future.succeededFuture()
                    : list(people, UUID.fromString(text(page.get(PAGE - 1), "id")), left - PAGE, json);
        });
    }

    @Command(description = "Shows one account.", mixinStandardHelpOptions = true)
    int show(
            @Parameters(paramLabel = WHO, description = WHO_IS) String who,
            @Option(names = "--json", description = "as one line of JSON") boolean json)
            throws InterruptedException {
        say(done(people -> people.find(who)), json);
        return Program.OK;
    }

    @Command(
            description = "Disables an account: ends its sessions and refuses logins. Never the last administrator.",
            mixinStandardHelpOptions = true)
    int disable(@Parameters(paramLabel = WHO, description = WHO_IS) String who) throws InterruptedException {
        say(done(people -> people.disable(who, true)), false);
        return Program.OK;
    }

    @Command(description = "Enables an account again.", mixinStandardHelpOptions = true)
    int enable(@Parameters(paramLabel = WHO, description = WHO_IS) String who) throws InterruptedException {
        say(done(people -> people.disable(who, false)), false);
        return Program.OK;
    }

    @Command(
            description = "Adds and removes roles, and shows the account. Never removes the last administrator's.",
            mixinStandardHelpOptions = true)
    int roles(
            @Parameters(paramLabel = WHO, description = WHO_IS) String who,
            @Option(names = "--give", split = ",", paramLabel = "ROLE", description = "roles to add") @Nullable
                    List<String> given,
            @Option(names = "--take", split = ",", paramLabel = "ROLE", description = "roles to remove") @Nullable
                    List<String> taken)
            throws InterruptedException {
        say(done(people -> people.changeRoles(who, orNone(given), orNone(taken))), false);
        return Program.OK;
    }

    private static List<String> orNone(@Nullable List<String> roles) {
        return roles == null ? List.of() : roles;
    }

    @Command(
            name = "password-reset",
            description =
                    "Prints a link with which the person sets a new password, once, within auth.reset-life. Give it only to that person.",
            mixinStandardHelpOptions = true)
    int passwordReset(@Parameters(paramLabel = WHO, description = WHO_IS) String who) throws InterruptedException {
        var settings = program.settings(arguments);
        program.say(
                page(settings) + Await.of(product.with(settings, UserAdmin.class, people -> people.resetLink(who))));
        return Program.OK;
    }

    /** The setting with the URL of the page. */
    private record UserListing(String publicUrl) {

        private static final UserListing DEFAULT = new UserListing("");
    }

    private static String page(Settings settings) {
        var url = settings.bind("http", UserListing.DEFAULT).publicUrl();
        return (url.isEmpty() ? HealthProbe.url(settings) : url).replaceFirst("/+$", "");
    }

    @Command(
            description = "Erases an account and its personal data, irrevocably. Never the last administrator.",
            mixinStandardHelpOptions = true)
    int erase(
            @Parameters(paramLabel = WHO, description = WHO_IS) String who,
            @Option(names = "--yes", description = "confirms the erasure, which cannot be undone") boolean meant)
            throws InterruptedException {
        if (!meant) {
            program.say("--yes: missing (expected: --yes, because an erased account cannot be restored)");
            return Program.USAGE;
        }
        var erased = done(people ->
                people.find(who).compose(user -> people.erase(text(user, "id")).map(text(user, "id"))));
        program.say("erased: " + erased);
        return Program.OK;
    }

    private void say(Map<String, Object> user, boolean json) {
        if (json) {
            program.sayJson(user);
            return;
        }
        var roles = user.get("roles") instanceof List<?> some ? some : List.of();
        program.say(text(user, "id") + "  " + text(user, "email") + "  "
                + String.join(",", roles.stream().map(String::valueOf).toList())
                + (Boolean.TRUE.equals(user.get("disabled")) ? "  disabled" : "")
                + (Boolean.TRUE.equals(user.get("verified")) ? "" : "  unverified"));
    }

    private static String text(Map<String, Object> user, String field) {
        return String.valueOf(user.get(field));
    }
}
