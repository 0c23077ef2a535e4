package dev.skelly.features.accounts.email;

import dev.skelly.auth.AuthConfig;
import dev.skelly.auth.RightsTable;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.CommandHandler;
import dev.skelly.feature.Problem;
import dev.skelly.feature.QueryHandler;
import dev.skelly.features.accounts.Account;
import dev.skelly.features.accounts.AccountCommandHandlers;
import dev.skelly.features.accounts.AccountEvent;
import dev.skelly.features.accounts.AccountTable;
import dev.skelly.features.accounts.EmailAddress;
import dev.skelly.features.accounts.admin.AuditCommandHandlers;
import dev.skelly.features.accounts.mail.LinkToken;
import dev.skelly.features.accounts.password.AddressProof;
import dev.skelly.features.accounts.password.PasswordCommandHandlers;
import dev.skelly.features.accounts.password.PasswordTable;
import dev.skelly.features.accounts.registration.VerificationTable;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Handles the commands and queries of changes of the e-mail address. */
public final class EmailCommandHandlers {

    private static final Duration KEPT =
            Duration.ofDays(1); // Long enough for all retries of the notice to the former address.

    private final AuditCommandHandlers acts;
    private final AddressProof proof;
    private final AuthConfig config;
    private final Supplier<AuthConfig.Registration> registration;
    private final Clock clock;

    /**
     * Creates the handlers.
     *
     * @param registration who may register now
     */
    public EmailCommandHandlers(
            AuditCommandHandlers acts,
            AddressProof proof,
            AuthConfig config,
            Supplier<AuthConfig.Registration> registration,
            Clock clock) {
        this.acts = acts;
        this.proof = proof;
        this.config = config;
        this.registration = registration;
        this.clock = clock;
    }

    public List<CommandHandler<?, ?>> commands() {
        return List.of(
                CommandHandler.on("accounts.request-email-change", RequestEmailChange.class, Void.class, this::ask),
                CommandHandler.on("accounts.issue-email-token", IssueEmailToken.class, Void.class, this::issue),
                CommandHandler.on(
                        "accounts.change-email", ChangeEmail.class, AddressProof.ProvedAddress.class, this::change));
    }

    public List<QueryHandler<?, ?>> queries() {
        return List.of(
                QueryHandler.on(
                        "accounts.find-email-change",
                        FindEmailChange.class,
                        FindEmailChange.FoundEmailChange.class,
                        this::find),
                QueryHandler.on(
                        "accounts.find-former-email",
                        FindFormerEmail.class,
                        FindFormerEmail.FormerEmail.class,
                        (sql, query) -> EmailChangeTable.former(sql, query.change())));
    }

    private Future<Void> ask(Tx tx, RequestEmailChange command) {
        var email = AccountCommandHandlers.address(command.email());
        var change = new EmailChangeTable.PendingEmailChange(command.change(), command.account(), email);
        return AccountTable.lock(tx.sql(), command.account())
                .map(found -> found.filter(account -> account.admits(command.seenHash()))
                        .orElseThrow(() -> PasswordCommandHandlers.wrongPassword("#/password")))
                .compose(account -> another(account, email))
                .compose(done -> AccountTable.find(tx.sql(), email))
                .compose(this::free)
                .compose(
                        done -> EmailChangeTable.clear(tx.sql(), clock.instant().minus(KEPT)))
                .compose(done ->
                        EmailChangeTable.put(tx.sql(), change, clock.instant().plus(config.emailChangeLife())))
                .compose(done -> tx.append(new AccountEvent.EmailChangeRequested(command.account(), command.change())));
    }

    private static Future<Void> another(Account account, EmailAddress email) {
        return account.has(email)
                ? Future.failedFuture(
                        Problem.invalid("#/email", "unchanged", "must be another address than the present one"))
                : Future.succeededFuture();
    }

    /* Where registration does not reveal which addresses have accounts, this does not either: the owner gets a mail instead. */
    private Future<Void> free(Optional<Account> owner) {
        return owner.isPresent() && registration.get() == AuthConfig.Registration.OPEN
                ? Future.failedFuture(AccountTable.emailTaken())
                : Future.succeededFuture();
    }

    private Future<FindEmailChange.FoundEmailChange> find(SqlClient sql, FindEmailChange query) {
        return EmailChangeTable.find(sql, query.change(), clock.instant())
                .compose(found -> found.map(change -> find(sql, change))
                        .orElseGet(() -> Future.succeededFuture(FindEmailChange.FoundEmailChange.NONE)));
    }

    private static Future<FindEmailChange.FoundEmailChange> find(
            SqlClient sql, EmailChangeTable.PendingEmailChange change) {
        return AccountTable.find(sql, change.account())
                .compose(person -> AccountTable.find(sql, change.email())
                        .map(owner -> person.map(account -> new FindEmailChange.FoundEmailChange(
                                        account.view(),
                                        change.email().text(),
                                        owner.map(Account::id).orElse(null)))
                                .orElse(FindEmailChange.FoundEmailChange.NONE)));
    }

    private Future<Void> issue(Tx tx, IssueEmailToken command) {
        return EmailChangeTable.insertToken(tx.sql(), command.token().digest(), command.change());
    }

    /* Locks the account's row before the change's row: code that withdraws a change locks them in the same order. */
    private Future<AddressProof.ProvedAddress> change(Tx tx, ChangeEmail command) {
        var digest = command.token().digest();
        return EmailChangeTable.find(tx.sql(), digest, clock.instant())
                .map(found -> found.orElseThrow(LinkToken::useless))
                .compose(change -> AccountTable.lock(tx.sql(), change.account()))
                .compose(locked -> EmailChangeTable.lock(tx.sql(), digest, clock.instant()))
                .map(found -> found.orElseThrow(LinkToken::useless))
                .compose(change -> change(tx, change)
                        .compose(done -> proof.settle(tx, change.account(), command.browser(), command.reset())));
    }

    /* Links mailed to the former address must not verify the new one, nor reset the password. */
    private Future<Void> change(Tx tx, EmailChangeTable.PendingEmailChange change) {
        return AccountTable.changeEmail(tx.sql(), change.account(), change.email(), clock.instant())
                .compose(done -> EmailChangeTable.done(tx.sql(), change.id(), clock.instant()))
                .compose(done -> PasswordTable.forget(tx.sql(), change.account()))
                .compose(done -> VerificationTable.forget(tx.sql(), change.account()))
                .compose(done -> RightsTable.voidTokens(tx, change.account()))
                .compose(done -> acts.doneByOwner(tx, change.account(), "user.email-changed"))
                .compose(done -> tx.append(new AccountEvent.EmailChanged(change.account())));
    }
}
