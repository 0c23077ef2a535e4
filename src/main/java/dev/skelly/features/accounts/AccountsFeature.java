package dev.skelly.features.accounts;

import dev.skelly.auth.AccountLimitsConfig;
import dev.skelly.auth.AuthConfig;
import dev.skelly.auth.LoginLimitsConfig;
import dev.skelly.auth.PasswordHasher;
import dev.skelly.auth.TokenIssuer;
import dev.skelly.config.SecretValue;
import dev.skelly.event.CommandContext;
import dev.skelly.event.Event;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.InstalledFeature;
import dev.skelly.feature.Platform;
import dev.skelly.feature.Problem;
import dev.skelly.feature.RateLimit;
import dev.skelly.feature.Route;
import dev.skelly.feature.Schedule;
import dev.skelly.feature.ScheduledJob;
import dev.skelly.feature.UserAdmin;
import dev.skelly.features.accounts.admin.AdministratorSetup;
import dev.skelly.features.accounts.admin.AuditCommandHandlers;
import dev.skelly.features.accounts.admin.FirstAdministratorCommandHandlers;
import dev.skelly.features.accounts.admin.FirstAdministratorRoutes;
import dev.skelly.features.accounts.admin.RightsCommandHandlers;
import dev.skelly.features.accounts.admin.RightsRoutes;
import dev.skelly.features.accounts.admin.UserAdminService;
import dev.skelly.features.accounts.email.EmailCommandHandlers;
import dev.skelly.features.accounts.email.EmailRoutes;
import dev.skelly.features.accounts.erasure.ErasureCommandHandlers;
import dev.skelly.features.accounts.erasure.ErasureRoutes;
import dev.skelly.features.accounts.erasure.RepeatedErasure;
import dev.skelly.features.accounts.erasure.UnverifiedAccounts;
import dev.skelly.features.accounts.login.LoginGuard;
import dev.skelly.features.accounts.login.LoginRoutes;
import dev.skelly.features.accounts.mail.AccountMailWorker;
import dev.skelly.features.accounts.mail.AccountMailer;
import dev.skelly.features.accounts.mail.AccountNoticeWorker;
import dev.skelly.features.accounts.mail.DeleteMailsWorker;
import dev.skelly.features.accounts.mail.ForgetMailCounts;
import dev.skelly.features.accounts.mail.MailRequestCommandHandlers;
import dev.skelly.features.accounts.password.AddressProof;
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
import dev.skelly.ratelimit.RateLimiter;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Provides accounts: registration, login, sessions, passwords, e-mail addresses, preferences, export and erasure. */
public final class AccountsFeature implements Feature {

    private final AuthConfig config;
    private final Supplier<AuthConfig.Registration> registration;
    private final Logins logins;
    private final NamedAdministrator named;
    private final Supplier<List<InstalledFeature>> features;

    /**
     * The means of logging in.
     *
     * @param tokens issues access tokens; called only where commands are executed
     * @param limiter counts wrong passwords
     * @param limits the limits on wrong passwords
     * @param accounts the limits on what anyone may do
     */
    public record Logins(
            PasswordHasher passwords,
            Supplier<TokenIssuer> tokens,
            RateLimiter limiter,
            LoginLimitsConfig limits,
            AccountLimitsConfig accounts) {}

    /**
     * The administrator that the first start creates.
     *
     * @param email empty for none
     */
    public record NamedAdministrator(String email, SecretValue password) {}

    /**
     * Creates the feature.
     *
     * @param registration who may register now; asked at each request
     * @param features all features of the program, including this one; read when personal data is exported or erased
     */
    public AccountsFeature(
            AuthConfig config,
            Supplier<AuthConfig.Registration> registration,
            Logins logins,
            NamedAdministrator named,
            Supplier<List<InstalledFeature>> features) {
        this.config = config;
        this.registration = registration;
        this.logins = logins;
        this.named = named;
        this.features = features;
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
    public void install(FeatureRegistry registry, Platform platform) {
        installHandlers(registry, platform);
        routes(platform).forEach(registry::routes);
        var mailer = new AccountMailer(
                platform.commands(), platform.mail(), platform.publicUrl(), new SecureRandom(), platform.meters());
        registry.workers(
                new WelcomeMailWorker(mailer),
                new AccountMailWorker(mailer),
                new AccountNoticeWorker(mailer),
                new DeleteMailsWorker(mailer),
                new InitialisePreferencesWorker());
        installJobs(registry, platform);
        registry.personalData(new AccountPersonalData(platform.clock()));
        var admin = new UserAdminService(platform.commands(), logins.passwords(), platform.ids());
        registry.service(UserAdmin.class, () -> admin);
        var setup = new AdministratorSetup(admin, platform.commands(), platform.ids(), config);
        registry.startupStep(sql -> setup.create(named.email(), named.password().value()));
        registry.greeting(setup::link);
    }

    private void installJobs(FeatureRegistry registry, Platform platform) {
        var commands = platform.commands();
        var ids = platform.ids();
        var life = logins.accounts().unverifiedLife();
        if (!life.isZero()) {
            registry.job(new UnverifiedAccounts(commands, platform.clock(), ids, life).job());
        }
        registry.job(new ScheduledJob(
                "accounts.forget-mail-counts",
                Schedule.every(Duration.ofHours(1)),
                due -> commands.send(new ForgetMailCounts(), CommandContext.fresh(ids.get()))
                        .mapEmpty()));
    }

    private void installHandlers(FeatureRegistry registry, Platform platform) {
        var clock = platform.clock();
        var limits = logins.accounts();
        var random = new SecureRandom();
        var acts = new AuditCommandHandlers(platform.audit());
        var mails = new MailRequestCommandHandlers(clock, limits.mailsPerMailbox());
        var rights = new RightsCommandHandlers(platform.audit(), clock);
        var proof = new AddressProof(acts, logins.passwords(), config, clock);
        var accounts = new AccountCommandHandlers(
                config, registration, proof, mails, rights, platform.mail().delivers(), clock, platform.ids());
        var first = new FirstAdministratorCommandHandlers(accounts, acts, config, clock);
        var sessions = new SessionCommandHandlers(logins.tokens(), acts, config, clock, random, limits.deviceMails());
        var accessTokens = new AccessTokenCommandHandlers(logins.tokens(), platform.audit(), clock, random);
        var passwords = new PasswordCommandHandlers(accounts, acts, config, clock);
        var emails = new EmailCommandHandlers(acts, proof, config, registration, clock);
        var erasure = new ErasureCommandHandlers(features, acts, clock);
        Stream.of(
                        acts.commands(),
                        mails.commands(),
                        accounts.commands(),
                        first.commands(),
                        sessions.commands(),
                        passwords.commands(),
                        accessTokens.commands(),
                        emails.commands(),
                        rights.commands(),
                        erasure.commands(),
                        PreferencesCommandHandlers.commands())
                .forEach(registry::commands);
        Stream.of(
                        mails.queries(),
                        accounts.queries(),
                        first.queries(),
                        sessions.queries(),
                        passwords.queries(),
                        emails.queries(),
                        erasure.queries(),
                        PreferencesCommandHandlers.queries())
                .forEach(registry::queries);
    }

    private Stream<List<Route>> routes(Platform platform) {
        var commands = platform.commands();
        var passwords = logins.passwords();
        var guard = new LoginGuard(logins.limiter(), logins.limits());
        var owner = new PasswordConfirmation(commands, passwords);
        var ids = platform.ids();
        var limits = logins.accounts();
        var registrations = RateLimit.perNetwork("registrations", limits.registrations(), limits.registrationsPeriod());
        var attempts = RateLimit.perNetwork("logins", limits.logins(), limits.loginsPeriod());
        return Stream.of(
                new RegistrationRoutes(commands, passwords, registration, registrations, new SecureRandom(), ids).all(),
                new FirstAdministratorRoutes(commands, passwords).all(),
                new LoginRoutes(commands, passwords, guard, attempts, new SecureRandom(), ids).all(),
                new SessionRoutes(commands).all(),
                new PasswordRoutes(commands, passwords, owner, ids).all(),
                new EmailRoutes(commands, owner, new SecureRandom(), ids).all(),
                new UserRoutes(commands).all(),
                new RightsRoutes(commands).all(),
                new ErasureRoutes(commands, owner, config, platform.clock()).all(),
                new PreferencesRoutes(commands).all());
    }

    /** Tells whether an account has a role. */
    public static Future<Boolean> roleHeld(SqlClient sql, String role) {
        return AccountTable.held(sql, role);
    }

    /** Erases again those of these accounts that exist. Returns how many existed. */
    public static Future<Integer> eraseAgain(CommandBus commands, Supplier<UUID> ids, Collection<UUID> accounts) {
        return new RepeatedErasure(commands, ids).of(accounts);
    }

    /** Returns the errors for which the creation of an account would reject its input. */
    public static List<FieldError> userFaults(String email, String password) {
        try {
            var unused = new RegistrationForm(email, password, null); // Constructed only for its checks.
            return List.of();
        } catch (Problem refusal) {
            return refusal.faults();
        }
    }
}
