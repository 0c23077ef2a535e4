package dev.skelly.features.accounts;

import dev.skelly.auth.AuthConfig;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.CommandHandler;
import dev.skelly.feature.Problem;
import dev.skelly.feature.QueryHandler;
import dev.skelly.feature.RecipientDirectory;
import dev.skelly.feature.UserDirectory;
import dev.skelly.features.accounts.admin.AuditCommandHandlers;
import dev.skelly.features.accounts.admin.CreateUser;
import dev.skelly.features.accounts.admin.RightsCommandHandlers;
import dev.skelly.features.accounts.login.DeviceTable;
import dev.skelly.features.accounts.login.FindCredential;
import dev.skelly.features.accounts.login.LoginDevice;
import dev.skelly.features.accounts.mail.LinkToken;
import dev.skelly.features.accounts.mail.MailRequestCommandHandlers;
import dev.skelly.features.accounts.mail.RequestMail;
import dev.skelly.features.accounts.password.AddressProof;
import dev.skelly.features.accounts.registration.IssueVerification;
import dev.skelly.features.accounts.registration.Register;
import dev.skelly.features.accounts.registration.VerificationTable;
import dev.skelly.features.accounts.registration.VerifyEmail;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Handles the commands and queries of accounts. */
public final class AccountCommandHandlers {

    private final AuthConfig config;
    private final Supplier<AuthConfig.Registration> registration;
    private final AddressProof proof;
    private final MailRequestCommandHandlers letters;
    private final RightsCommandHandlers rights;
    private final AuditCommandHandlers acts;
    private final boolean mailsAreDelivered;
    private final Clock clock;
    private final Supplier<UUID> ids;

    /**
     * Creates the handlers.
     *
     * @param registration who may register now
     * @param mailsAreDelivered whether people get the mails with links, so that their accounts must be verified
     */
    AccountCommandHandlers(
            AuthConfig config,
            Supplier<AuthConfig.Registration> registration,
            AddressProof proof,
            MailRequestCommandHandlers letters,
            RightsCommandHandlers rights,
            boolean mailsAreDelivered,
            Clock clock,
            Supplier<UUID> ids) {
        this.config = config;
        this.registration = registration;
        this.proof = proof;
        this.letters = letters;
        this.rights = rights;
        this.acts = proof.acts();
        this.mailsAreDelivered = mailsAreDelivered;
        this.clock = clock;
        this.ids = ids;
    }

    List<CommandHandler<?, ?>> commands() {
        return List.of(
                CommandHandler.on("accounts.register", Register.class, Void.class, this::register),
                CommandHandler.on("accounts.create-user", CreateUser.class, Void.class, this::create),
                CommandHandler.on(
                        "accounts.change-name", ChangeName.class, UserView.class, AccountCommandHandlers::rename),
                CommandHandler.on(
                        "accounts.issue-verification", IssueVerification.class, Void.class, this::issueVerification),
                CommandHandler.on(
                        "accounts.verify-email", VerifyEmail.class, AddressProof.ProvedAddress.class, this::verify));
    }

    List<QueryHandler<?, ?>> queries() {
        return List.of(
                QueryHandler.on(
                        "accounts.find-credential",
                        FindCredential.class,
                        FindCredential.Credential.class,
                        this::credential),
                QueryHandler.on(
                        "accounts.find-user-by-email",
                        FindUserByEmail.class,
                        UserView.class,
                        AccountCommandHandlers::userByEmail),
                QueryHandler.on(
                        "accounts.find-contact",
                        UserDirectory.FindContact.class,
                        UserDirectory.FoundContact.class,
                        AccountCommandHandlers::contact),
                QueryHandler.on(
                        "accounts.find-profiles",
                        UserDirectory.FindProfiles.class,
                        UserDirectory.FoundProfiles.class,
                        (sql, query) ->
                                AccountTable.profiles(sql, query.accounts()).map(UserDirectory.FoundProfiles::new)),
                QueryHandler.on(
                        "accounts.find-recipients",
                        RecipientDirectory.FindRecipients.class,
                        RecipientDirectory.FoundRecipients.class,
                        RecipientTable::find),
                QueryHandler.on("accounts.find-user", FindUser.class, UserView.class, AccountCommandHandlers::user),
                QueryHandler.on(
                        "accounts.list-users",
                        ListUsers.class,
                        ListUsers.FoundUsers.class,
                        AccountCommandHandlers::users));
    }

    private Future<Void> register(Tx tx, Register command) {
        var roles = Account.roles(false); // A setting makes only the verified owner of an address an administrator.
        var email = address(command.email());
        var account = new AccountTable.NewAccount(
                command.id(),
                email,
                command.name(),
                command.passwordHash(),
                roles,
                null,
                clock.instant(),
                mailsAreDelivered);
        return AccountTable.insert(tx.sql(), account)
                .compose(fresh -> fresh ? registered(tx, command) : repeated(tx, command));
    }

    private Future<Void> registered(Tx tx, Register command) {
        var device = new LoginDevice(command.id(), command.device(), null);
        return DeviceTable.registered(tx.sql(), device, clock.instant())
                .compose(done ->
                        tx.append(new AccountEvent.Registered(command.id(), true, command.email(), command.name())));
    }

    /* Where the caller must not learn that the address has an account, a mail informs its owner. */
    private Future<Void> repeated(Tx tx, Register command) {
        return registration.get() == AuthConfig.Registration.PRIVATE
                ? letters.ask(tx, new RequestMail(command.id(), command.email(), RequestMail.MailKind.REGISTRATION))
                : Future.failedFuture(AccountTable.emailTaken());
    }

    private Future<Void> create(Tx tx, CreateUser command) {
        return make(tx, command.id(), command.email(), null, command.passwordHash(), command.admin())
                .compose(done -> acts.done(tx, command.id(), "user.created"));
    }

    /** Creates an account. Its address needs no verification, because the operator vouches for it. */
    public Future<Void> make(
            Tx tx, UUID id, String email, @Nullable String name, SecretText passwordHash, boolean admin) {
        var now = clock.instant();
        var roles = Account.roles(admin);
        var account = new AccountTable.NewAccount(id, address(email), name, passwordHash, roles, now, now, false);
        return AccountTable.insert(tx.sql(), account)
                .compose(fresh -> fresh
                        ? tx.append(new AccountEvent.Registered(id, false, email, name))
                        : Future.failedFuture(AccountTable.emailTaken()))
                .compose(done -> admin ? rights.tellFirstRoles(tx, id, roles) : Future.succeededFuture());
    }

    public static EmailAddress address(String email) {
        return EmailAddress.parse(email).orElseThrow(() -> Problem.invalid(List.of(EmailAddress.fault())));
    }

    private static Future<UserView> rename(Tx tx, ChangeName command) {
        return AccountTable.rename(tx.sql(), command.account(), command.name(), command.expectedVersion())
                .compose(account -> tx.append(new AccountEvent.Updated(account.id(), List.of("name")))
                        .map(done -> account.view()));
    }

    private Future<Void> issueVerification(Tx tx, IssueVerification command) {
        var now = clock.instant();
        return VerificationTable.clear(tx.sql(), now)
                .compose(done -> VerificationTable.insert(
                        tx.sql(), command.token().digest(), command.account(), now.plus(config.verificationLife())));
    }

    private Future<AddressProof.ProvedAddress> verify(Tx tx, VerifyEmail command) {
        return VerificationTable.find(tx.sql(), command.token().digest(), clock.instant())
                .map(found -> found.orElseThrow(LinkToken::useless))
                .compose(account -> verify(tx, account, command));
    }

    /* Opening a link twice has the effect of opening it once. */
    private Future<AddressProof.ProvedAddress> verify(Tx tx, UUID id, VerifyEmail command) {
        return AccountTable.lock(tx.sql(), id)
                .map(found -> found.orElseThrow(LinkToken::useless)) // Erased since the link was found.
                .compose(account -> account.verified()
                        ? Future.succeededFuture(AddressProof.ProvedAddress.SAME_BROWSER)
                        : verify(tx, account)
                                .compose(done -> proof.settle(tx, id, command.browser(), command.reset()))
                                .compose(proved -> proved.passwordNeeded()
                                        ? Future.succeededFuture(proved)
                                        : askForPassword(tx, account).map(proved)));
    }

    private Future<Void> verify(Tx tx, Account account) {
        return AccountTable.verify(tx.sql(), account.id(), clock.instant())
                .compose(done -> tx.append(new AccountEvent.Verified(account.id())));
    }

    /* An administrator named by a setting must set the password first: a stranger may have registered the address before. */
    private Future<Void> askForPassword(Tx tx, Account account) {
        return account.ownersRoles(config.adminEmails()).equals(account.roles())
                ? Future.succeededFuture()
                : letters.ask(tx, new RequestMail(ids.get(), account.email(), RequestMail.MailKind.PASSWORD));
    }

    /** Marks the address as verified, because its owner set the password with a mailed link, and grants the roles of the address. */
    public Future<Void> owned(Tx tx, UUID id) {
        return AccountTable.lock(tx.sql(), id).compose(found -> {
            var account = found.orElseThrow();
            var verified = account.verified() ? Future.<Void>succeededFuture() : verify(tx, account);
            return verified.compose(done -> giveOwnersRoles(tx, account));
        });
    }

    private Future<Void> giveOwnersRoles(Tx tx, Account account) {
        var roles = account.ownersRoles(config.adminEmails());
        return roles.equals(account.roles())
                ? Future.succeededFuture()
                : AccountTable.changeRights(tx.sql(), account.id(), roles, account.disabled())
                        .compose(changed -> rights.tellRoles(tx, account, roles));
    }

    private Future<FindCredential.Credential> credential(SqlClient sql, FindCredential query) {
        var email = address(query.email());
        var device = query.device();
        var known = device == null ? Future.succeededFuture(false) : DeviceTable.known(sql, email, device);
        return known.compose(here -> AccountTable.find(sql, email).map(found -> credential(found, here)));
    }

    private FindCredential.Credential credential(Optional<Account> found, boolean knownDevice) {
        return found.filter(account -> !account.disabled() && mayEnter(account))
                .map(account -> new FindCredential.Credential(account.id(), account.passwordHash(), knownDevice))
                .orElse(new FindCredential.Credential(null, null, knownDevice));
    }

    /* An account that works at once would reveal that the address was free. */
    private boolean mayEnter(Account account) {
        return account.verified() || registration.get() != AuthConfig.Registration.PRIVATE;
    }

    private static Future<UserView> user(SqlClient sql, FindUser query) {
        return AccountTable.find(sql, query.account()).map(AccountCommandHandlers::view);
    }

    private static Future<UserDirectory.FoundContact> contact(SqlClient sql, UserDirectory.FindContact query) {
        return AccountTable.find(sql, query.account())
                .map(found -> new UserDirectory.FoundContact(found.map(account -> new UserDirectory.Contact(
                                account.id(), account.email(), account.name(), account.verified(), account.disabled()))
                        .orElse(null)));
    }

    private static Future<UserView> userByEmail(SqlClient sql, FindUserByEmail query) {
        return AccountTable.find(sql, address(query.email())).map(AccountCommandHandlers::view);
    }

    private static UserView view(Optional<Account> found) {
        return found.orElseThrow(() -> Problem.notFound("no such account")).view();
    }

    private static Future<ListUsers.FoundUsers> users(SqlClient sql, ListUsers query) {
        return AccountTable.page(sql, query.before(), query.limit() + 1).map(accounts -> page(accounts, query.limit()));
    }

    private static ListUsers.FoundUsers page(List<Account> accounts, int limit) {
        var items = new ArrayList<UserView>();
        accounts.stream().limit(limit).map(Account::view).forEach(items::add);
        return new ListUsers.FoundUsers(items, accounts.size() > limit);
    }
}
