package dev.skelly.features.accounts.admin;

import dev.skelly.auth.AuthConfig;
import dev.skelly.event.Audience;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.CommandHandler;
import dev.skelly.feature.Problem;
import dev.skelly.feature.QueryHandler;
import dev.skelly.features.accounts.AccountCommandHandlers;
import dev.skelly.features.accounts.AccountTable;
import dev.skelly.features.accounts.SecretText;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.util.List;

/**
 * Creates the first administrator where no setting names one (decision note 0220): with a link that works once, for a limited time, and only
 * while no administrator exists. Of several links only the newest works.
 */
public final class FirstAdministratorCommandHandlers {

    private final AccountCommandHandlers accounts;
    private final AuditCommandHandlers acts;
    private final AuthConfig config;
    private final Clock clock;

    public FirstAdministratorCommandHandlers(
            AccountCommandHandlers accounts, AuditCommandHandlers acts, AuthConfig config, Clock clock) {
        this.accounts = accounts;
        this.acts = acts;
        this.config = config;
        this.clock = clock;
    }

    public List<CommandHandler<?, ?>> commands() {
        return List.of(
                CommandHandler.on(
                        "accounts.issue-setup-link",
                        IssueSetupLink.class,
                        IssueSetupLink.IssuedSetupLink.class,
                        this::issue),
                CommandHandler.on(
                        "accounts.make-first-administrator", MakeFirstAdministrator.class, Void.class, this::make));
    }

    public List<QueryHandler<?, ?>> queries() {
        return List.of(QueryHandler.on(
                "accounts.find-setup-link",
                FindSetupLink.class,
                FindSetupLink.FoundSetupLink.class,
                (sql, query) -> usable(sql, query.token()).map(done -> new FindSetupLink.FoundSetupLink(true))));
    }

    private Future<IssueSetupLink.IssuedSetupLink> issue(Tx tx, IssueSetupLink command) {
        var now = clock.instant();
        return SetupLinkTable.lock(tx.sql())
                .compose(done -> AccountTable.held(tx.sql(), Audience.ADMIN))
                .compose(held -> held
                        ? Future.succeededFuture(false)
                        : SetupLinkTable.put(
                                        tx.sql(),
                                        command.token().digest(),
                                        now,
                                        now.plus(config.firstAdministratorLife()))
                                .map(true))
                .map(IssueSetupLink.IssuedSetupLink::new);
    }

    private Future<Void> usable(SqlClient sql, SecretText token) {
        return SetupLinkTable.find(sql, token.digest(), clock.instant())
                .map(found -> found.orElseThrow(() -> Problem.invalid(
                        "#/token", "unknown", "must be the token of the link that a node printed at its start")))
                .compose(link -> AccountTable.held(sql, Audience.ADMIN).compose(held -> judged(link, held)));
    }

    private static Future<Void> judged(SetupLinkTable.StoredSetupLink link, boolean held) {
        if (held) {
            return refused("administrator-exists", "an administrator exists already and can create others");
        }
        if (!link.open()) {
            return refused("link-replaced", "a node that started later printed another link; only that one works");
        }
        return link.fresh()
                ? Future.succeededFuture()
                : refused("link-expired", "this link has expired; restart a node to get another one");
    }

    private static <T> Future<T> refused(String code, String detail) {
        return Future.failedFuture(Problem.conflict(code, detail));
    }

    /* A concurrent second use of one link waits for the first one's row lock, and then finds an administrator. */
    private Future<Void> make(Tx tx, MakeFirstAdministrator command) {
        var digest = command.token().digest();
        return SetupLinkTable.take(tx.sql(), digest, clock.instant())
                .compose(taken -> taken ? noneYet(tx) : usable(tx.sql(), command.token()))
                .compose(done ->
                        accounts.make(tx, command.id(), command.email(), command.name(), command.passwordHash(), true))
                .compose(done -> acts.doneByOwner(tx, command.id(), "user.first-administrator"));
    }

    private static Future<Void> noneYet(Tx tx) {
        return AccountTable.held(tx.sql(), Audience.ADMIN)
                .compose(held -> judged(new SetupLinkTable.StoredSetupLink(true, true), held));
    }
}
