package dev.skelly.features.accounts.password;

import dev.skelly.auth.AuthConfig;
import dev.skelly.auth.RightsTable;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.CommandHandler;
import dev.skelly.feature.Problem;
import dev.skelly.feature.QueryHandler;
import dev.skelly.features.accounts.AccountCommandHandlers;
import dev.skelly.features.accounts.AccountEvent;
import dev.skelly.features.accounts.AccountTable;
import dev.skelly.features.accounts.SecretText;
import dev.skelly.features.accounts.admin.AuditCommandHandlers;
import dev.skelly.features.accounts.email.EmailChangeTable;
import dev.skelly.features.accounts.login.DeviceTable;
import dev.skelly.features.accounts.mail.LinkToken;
import dev.skelly.features.accounts.session.SessionTable;
import dev.skelly.features.accounts.session.SessionTermination;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Handles the commands and queries of passwords. */
public final class PasswordCommandHandlers {

    private final AccountCommandHandlers accounts;
    private final AuditCommandHandlers acts;
    private final AuthConfig config;
    private final Clock clock;

    public PasswordCommandHandlers(
            AccountCommandHandlers accounts, AuditCommandHandlers acts, AuthConfig config, Clock clock) {
        this.accounts = accounts;
        this.acts = acts;
        this.config = config;
        this.clock = clock;
    }

    public List<CommandHandler<?, ?>> commands() {
        return List.of(
                CommandHandler.on(
                        "accounts.issue-reset",
                        IssuePasswordReset.class,
                        Void.class,
                        (tx, command) -> issue(tx, command.account(), command.token())),
                CommandHandler.on("accounts.create-reset-link", CreateResetLink.class, Void.class, this::hand),
                CommandHandler.on("accounts.reset-password", ResetPassword.class, Void.class, this::reset),
                CommandHandler.on("accounts.change-password", ChangePassword.class, Void.class, this::change));
    }

    public List<QueryHandler<?, ?>> queries() {
        return List.of(
                QueryHandler.on(
                        "accounts.find-reset",
                        FindPasswordReset.class,
                        FindPasswordReset.FoundPasswordReset.class,
                        this::known),
                QueryHandler.on(
                        "accounts.find-password",
                        FindPasswordHash.class,
                        FindPasswordHash.PasswordHash.class,
                        this::owner));
    }

    /** Returns the problem for a wrong password of a caller with a session. */
    public static Problem wrongPassword(String pointer) {
        return Problem.invalid(pointer, "wrong", "is not the password of this account");
    }

    private Future<Void> issue(Tx tx, UUID account, SecretText token) {
        var now = clock.instant();
        return PasswordTable.clear(tx.sql(), now)
                .compose(done -> PasswordTable.insert(tx.sql(), token.digest(), account, now.plus(config.resetLife())));
    }

    private Future<Void> hand(Tx tx, CreateResetLink command) {
        return issue(tx, command.account(), command.token())
                .compose(done -> acts.done(tx, command.account(), "user.reset-link-created"));
    }

    private Future<FindPasswordReset.FoundPasswordReset> known(SqlClient sql, FindPasswordReset query) {
        return PasswordTable.owner(sql, query.token().digest(), clock.instant())
                .map(found -> new FindPasswordReset.FoundPasswordReset(
                        found.isPresent(), found.orElse(PasswordOwner.UNKNOWN)));
    }

    /* Locks the account's row before the link's row: a change of the password locks them in the same order. */
    private Future<Void> reset(Tx tx, ResetPassword command) {
        var digest = command.token().digest();
        return PasswordTable.find(tx.sql(), digest, clock.instant())
                .map(found -> found.orElseThrow(LinkToken::useless))
                .compose(account -> AccountTable.lock(tx.sql(), account))
                .compose(locked -> PasswordTable.take(tx.sql(), digest, clock.instant()))
                .map(found -> found.orElseThrow(LinkToken::useless))
                .compose(account -> reset(tx, account, command.newHash()));
    }

    private Future<Void> reset(Tx tx, UUID account, SecretText newHash) {
        return PasswordTable.set(tx.sql(), account, newHash)
                .compose(done -> lockOthersOut(tx, account, null))
                .compose(done -> RightsTable.voidTokens(tx, account))
                .compose(done -> acts.doneByOwner(tx, account, "user.password-reset"))
                .compose(done -> tx.append(new AccountEvent.PasswordChanged(account, true)))
                .compose(done -> accounts.owned(tx, account));
    }

    /* A person who knew the old password may also have requested links or another address, or have a device cookie. */
    private Future<Void> lockOthersOut(Tx tx, UUID account, @Nullable UUID keptSession) {
        return PasswordTable.forget(tx.sql(), account)
                .compose(done -> EmailChangeTable.forget(tx.sql(), account))
                .compose(done -> DeviceTable.forget(tx.sql(), account))
                .compose(done -> SessionTermination.all(tx, account, keptSession, clock.instant()));
    }

    private Future<Void> change(Tx tx, ChangePassword command) {
        return PasswordTable.change(tx.sql(), command.account(), command.seenHash(), command.newHash())
                .compose(changed -> changed
                        ? lockOthersOut(tx, command.account(), command.session())
                        : Future.failedFuture(wrongPassword("#/oldPassword")))
                .compose(done -> acts.done(tx, command.account(), "user.password-changed"))
                .compose(done -> tx.append(new AccountEvent.PasswordChanged(command.account(), false)));
    }

    private Future<FindPasswordHash.PasswordHash> owner(SqlClient sql, FindPasswordHash query) {
        return SessionTable.owner(sql, query.account(), query.session(), clock.instant())
                .map(found -> found.orElseThrow(
                        () -> Problem.unauthenticated("signed-out", "the session has ended; sign in again")));
    }
}
