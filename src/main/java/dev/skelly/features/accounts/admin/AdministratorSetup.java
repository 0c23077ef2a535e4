package dev.skelly.features.accounts.admin;

import dev.skelly.auth.AuthConfig;
import dev.skelly.event.CommandContext;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Problem;
import dev.skelly.features.accounts.SecretText;
import io.vertx.core.Future;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** Creates the first administrator: from the settings, or by a link that the start prints. */
public final class AdministratorSetup {

    private static final String THERE_ALREADY = "email-taken";

    private final UserAdminService accounts;
    private final CommandBus commands;
    private final Supplier<UUID> ids;
    private final Duration linkLife;

    public AdministratorSetup(UserAdminService accounts, CommandBus commands, Supplier<UUID> ids, AuthConfig config) {
        this.accounts = accounts;
        this.commands = commands;
        this.ids = ids;
        this.linkLife = config.firstAdministratorLife();
    }

    /** Creates the administrator at the first start; later starts change nothing. An empty address means none. */
    public Future<Void> create(String email, String password) {
        if (email.isEmpty()) {
            return Future.succeededFuture();
        }
        return accounts.create(CommandContext.fresh(ids.get()), email, password, true)
                .<Void>mapEmpty()
                .recover(failure ->
                        failure instanceof Problem problem && problem.code().equals(THERE_ALREADY)
                                ? Future.succeededFuture()
                                : Future.failedFuture(failure));
    }

    /**
     * Issues a link that creates the first administrator, and voids all earlier ones. The next start of any node prints another.
     *
     * @return lines with the link, which is a secret; empty when an administrator exists
     */
    public Future<List<String>> link(URI home) {
        var token = SecretText.random(new SecureRandom());
        return commands.send(new IssueSetupLink(token), CommandContext.fresh(ids.get()))
                .map(done -> done.result().issued()
                        ? List.of(
                                "There is no administrator yet. This link makes one, once, within " + words(linkLife)
                                        + ":",
                                home.toString().replaceFirst("/+$", "") + "/#first-administrator=" + token.reveal())
                        : List.of());
    }

    private static String words(Duration life) {
        return life.toHours() > 0 ? life.toHours() + " h" : life.toMinutes() + " min";
    }
}
