package dev.skelly.features.accounts;

import dev.skelly.auth.AuthConfig;
import dev.skelly.auth.LoginLimitsConfig;
import dev.skelly.auth.PasswordHasher;
import dev.skelly.auth.TokenIssuer;
import dev.skelly.event.CommandContext;
import dev.skelly.event.Event;
import dev.skelly.feature.AuditLog;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.CommandHandler;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.PersonalData;
import dev.skelly.feature.Platform;
import dev.skelly.feature.Problem;
import dev.skelly.feature.QueryHandler;
import dev.skelly.feature.Route;
import dev.skelly.feature.UserAdmin;
import dev.skelly.feature.Worker;
import dev.skelly.features.accounts.admin.AuditCommandHandlers;
import dev.skelly.features.accounts.admin.CreateUser;
import dev.skelly.features.accounts.admin.FirstAdministratorCommandHandlers;
import dev.skelly.features.accounts.admin.FirstAdministratorRoutes;
import dev.skelly.features.accounts.admin.IssueSetupLink;
import dev.skelly.features.accounts.admin.RightsCommandHandlers;
import dev.skelly.features.accounts.admin.RightsRoutes;
import dev.skelly.features.accounts.admin.UserAdminService;
import dev.skelly.features.accounts.email.EmailCommandHandlers;
import dev.skelly.features.accounts.email.EmailRoutes;
import dev.skelly.features.accounts.erasure.ErasureCommandHandlers;
import dev.skelly.features.accounts.erasure.ErasureRoutes;
import dev.skelly.features.accounts.erasure.RepeatedErasure;
import dev.skelly.features.accounts.login.LoginGuard;
import dev.skelly.features.accounts.login.LoginRoutes;
import dev.skelly.features.accounts.mail.AccountMailWorker;
import dev.skelly.features.accounts.mail.AccountMailer;
import dev.skelly.features.accounts.mail.AccountNoticeWorker;
import dev.skelly.features.accounts.mail.DeleteMailsWorker;
import dev.skelly.features.accounts.mail.MailRequestCommandHandlers;
import dev.skelly.features.accounts.password.PasswordCommandHandlers;
import dev.skelly.features.accounts.password.PasswordConfirmation;
import dev.skelly.features.accounts.password.PasswordRoutes;
import dev.skelly.features.accounts.preferences.InitialisePreferencesWorker;
import dev.skelly.features.accounts.preferences.PreferencesCommandHandlers;
import dev.skelly.features.accounts.preferences.PreferencesRoutes;
import dev.skelly.features.accounts.registration.RegistrationForm;
import dev.skelly.features.accounts.registration.RegistrationRoutes;
import dev.skelly.features.accounts.registration.WelcomeMailWorker;
import dev.skelly.features.accounts.session.AccessTokenCommandHandlers;
import dev.skelly.features.accounts.session.SessionCommandHandlers;
import dev.skelly.features.accounts.session.SessionRoutes;
import dev.skelly.mail.MailSender;
import dev.skelly.ratelimit.RateLimiter;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Provides accounts: registration, login, sessions, passwords, e-mail addresses, preferences, export and erasure. */
public final class AccountsFeature implements Feature {

    private final AuditCommandHandlers acts;
    private final MailRequestCommandHandlers letters;
    private final AccountCommandHandlers accounts;
    private final FirstAdministratorCommandHandlers first;
    private final SessionCommandHandlers sessions;
    private final PasswordCommandHandlers secrets;
    private final AccessTokenCommandHandlers scripts;
    private final EmailCommandHandlers emails;
    private final RightsCommandHandlers rights;
    private final ErasureCommandHandlers erasure;
    private final AccountPersonalData records;
    private final List<Route> routes;
    private final List<Worker> workers;

    /**
     * The means of sending mails.
     *
     * @param publicUrl how browsers reach the application; read when a mail is written
     */
    public record Mailing(MailSender sender, Supplier<URI> publicUrl) {}

    /**
     * The means of logging in.
     *
     * @param tokens issues access tokens; called only where commands are executed
     * @param limiter counts wrong passwords
     * @param limits the limits on wrong passwords
     */
    public record Logins(
            PasswordHasher passwords, Supplier<TokenIssuer> tokens, RateLimiter limiter, LoginLimitsConfig limits) {}

    /**
     * Creates the feature.
     *
     * @param audit records logins, failures, and acts of administrators
     * @param features all features of the program, including this one; read when personal data is exported or erased
     */
    public AccountsFeature(
            Platform platform,
            CommandBus commands,
            AuditLog audit,
            AuthConfig config,
            Logins logins,
            Mailing mailing,
            Supplier<List<Feature>> features) {
        var clock = platform.clock();
        var ids = platform.ids();
        var tokens = logins.tokens();
        var random = new SecureRandom();
        this.acts = new AuditCommandHandlers(audit);
        this.letters = new MailRequestCommandHandlers(clock);
        this.rights = new RightsCommandHandlers(audit, clock);
        this.accounts = new AccountCommandHandlers(config, letters, rights, acts, clock, ids);
        this.first = new FirstAdministratorCommandHandlers(accounts, acts, config, clock);
        this.sessions = new SessionCommandHandlers(tokens, acts, config, clock, random);
        this.scripts = new AccessTokenCommandHandlers(tokens, audit, clock, random);
        this.secrets = new PasswordCommandHandlers(accounts, acts, config, clock);
        this.emails = new EmailCommandHandlers(acts, config, clock);
        this.erasure = new ErasureCommandHandlers(features, acts, clock);
        this.records = new AccountPersonalData(clock);
        this.routes = routes(
                commands,
                logins.passwords(),
                config,
                new LoginGuard(logins.limiter(), logins.limits()),
                clock,
                random,
                ids);
        this.workers = workers(new AccountMailer(commands, mailing.sender(), mailing.publicUrl(), random));
    }

    private static List<Route> routes(
            CommandBus commands,
            PasswordHasher passwords,
            AuthConfig config,
            LoginGuard guard,
            Clock clock,
            SecureRandom random,
            Supplier<UUID> ids) {
        var owner = new PasswordConfirmation(commands, passwords);
        return Stream.of(
                        new RegistrationRoutes(commands, passwords, config, ids).all(),
                        new FirstAdministratorRoutes(commands, passwords).all(),
                        new LoginRoutes(commands, passwords, guard, random, ids).all(),
                        new SessionRoutes(commands).all(),
                        new PasswordRoutes(commands, passwords, owner, ids).all(),
                        new EmailRoutes(commands, owner, ids).all(),
                        new UserRoutes(commands).all(),
                        new RightsRoutes(commands).all(),
                        new ErasureRoutes(commands, owner, config, clock).all(),
                        new PreferencesRoutes(commands).all())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Worker> workers(AccountMailer correspondence) {
        return List.of(
                new WelcomeMailWorker(correspondence),
                new AccountMailWorker(correspondence),
                new AccountNoticeWorker(correspondence),
                new DeleteMailsWorker(correspondence),
                new InitialisePreferencesWorker());
    }

    @Override
    public String name() {
        return "accounts";
    }

    @Override
    public List<Class<? extends Event>> events() {
        return List.of(AccountEvent.class, AccountEvent.Asked.class);
    }

    @Override
    public List<CommandHandler<?, ?>> commands() {
        return Stream.of(
                        acts.commands(),
                        letters.commands(),
                        accounts.commands(),
                        first.commands(),
                        sessions.commands(),
                        secrets.commands(),
                        scripts.commands(),
                        emails.commands(),
                        rights.commands(),
                        erasure.commands(),
                        PreferencesCommandHandlers.commands())
                .<CommandHandler<?, ?>>flatMap(List::stream)
                .toList();
    }

    @Override
    public List<QueryHandler<?, ?>> queries() {
        return Stream.of(
                        letters.queries(),
                        accounts.queries(),
                        first.queries(),
                        sessions.queries(),
                        secrets.queries(),
                        emails.queries(),
                        erasure.queries(),
                        PreferencesCommandHandlers.queries())
                .<QueryHandler<?, ?>>flatMap(List::stream)
                .toList();
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    @Override
    public List<Worker> workers() {
        return workers;
    }

    @Override
    public Optional<PersonalData> personalData() {
        return Optional.of(records);
    }

    /** Tells whether an account has a role. */
    public static Future<Boolean> roleHeld(SqlClient sql, String role) {
        return AccountTable.held(sql, role);
    }

    /** The type of the event that reports an erasure. */
    public static final String ERASURE = "user.deleted";

    /** Erases again those of these accounts that exist. Returns how many existed. */
    public static Future<Integer> eraseAgain(CommandBus commands, Supplier<UUID> ids, Collection<UUID> accounts) {
        return new RepeatedErasure(commands, ids).of(accounts);
    }

    /** Returns the administration of accounts for the operator. */
    public static UserAdmin people(CommandBus commands, PasswordHasher passwords, Supplier<UUID> ids) {
        return new UserAdminService(commands, passwords, ids);
    }

    /**
     * Creates an account regardless of the setting for registration. Its address needs no verification.
     *
     * @param cause the context of the caller
     * @param admin whether the account is an administrator
     * @return its id; fails with {@link Problem}: 422 for an invalid address or password, 409 {@code email-taken}
     */
    public static Future<UUID> createUser(
            CommandBus commands,
            PasswordHasher passwords,
            Supplier<UUID> ids,
            CommandContext cause,
            String email,
            String password,
            boolean admin) {
        return Future.succeededFuture()
                .map(start -> new RegistrationForm(email, password, null))
                .compose(registration -> passwords.hash(registration.password()))
                .map(hash -> new CreateUser(ids.get(), email, new SecretText(hash), admin))
                .compose(command -> commands.send(command, cause).map(command.id()));
    }

    /**
     * Issues a token that creates the first administrator, and voids all earlier ones.
     *
     * @return the token, to be shown once and not stored; empty when an administrator exists
     */
    public static Future<Optional<String>> issueFirstLink(CommandBus commands, Supplier<UUID> ids) {
        var token = SecretText.random(new SecureRandom());
        return commands.send(new IssueSetupLink(token), CommandContext.fresh(ids.get()))
                .map(done -> done.result().issued() ? Optional.of(token.reveal()) : Optional.empty());
    }

    /** Returns the errors for which {@link #createUser} would reject its input. */
    public static List<FieldError> userFaults(String email, String password) {
        try {
            var unused = new RegistrationForm(email, password, null); // Constructed only for its checks.
            return List.of();
        } catch (Problem refusal) {
            return refusal.faults();
        }
    }
}
