package dev.skelly.node;

import dev.skelly.auth.AccountLimitsConfig;
import dev.skelly.auth.AuthFeature;
import dev.skelly.auth.PasswordHasher;
import dev.skelly.auth.TokenIssuer;
import dev.skelly.config.InvalidSettingsException;
import dev.skelly.config.StartException;
import dev.skelly.crypto.MasterKey;
import dev.skelly.feature.AuditLog;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.InstalledFeature;
import dev.skelly.feature.NodeEnvironment;
import dev.skelly.feature.Platform;
import dev.skelly.features.accounts.AccountsFeature;
import dev.skelly.features.analytics.AnalyticsFeature;
import dev.skelly.features.audit.AuditFeature;
import dev.skelly.features.audit.AuditTable;
import dev.skelly.features.deadletters.DeadLettersFeature;
import dev.skelly.features.events.EventsConfig;
import dev.skelly.features.events.EventsFeature;
import dev.skelly.features.history.HistoryFeature;
import dev.skelly.features.notifications.NotificationsConfig;
import dev.skelly.features.notifications.NotificationsFeature;
import dev.skelly.features.orders.OrdersConfig;
import dev.skelly.features.orders.OrdersFeature;
import dev.skelly.features.payments.PaymentsConfig;
import dev.skelly.features.payments.PaymentsFeature;
import dev.skelly.features.privacy.PrivacyFeature;
import dev.skelly.features.processes.ProcessesFeature;
import dev.skelly.features.profiles.ProfilesConfig;
import dev.skelly.features.profiles.ProfilesFeature;
import dev.skelly.features.projections.ProjectionsFeature;
import dev.skelly.features.roles.RolesFeature;
import dev.skelly.features.settings.SettingsConfig;
import dev.skelly.features.settings.SettingsFeature;
import dev.skelly.features.signingkeys.SigningKeysFeature;
import dev.skelly.features.system.SystemConfig;
import dev.skelly.features.system.SystemEvent;
import dev.skelly.features.system.SystemFeature;
import dev.skelly.features.tracking.TrackingFeature;
import dev.skelly.features.transfer.TransferFeature;
import dev.skelly.idempotency.IdempotencyFeature;
import dev.skelly.logging.ErrorCounter;
import dev.skelly.ratelimit.RateLimiter;
import dev.skelly.stream.StreamFeature;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The features of this program. A feature is removed by deleting its line here and its folder. */
final class Features {

    /** The names of the features of this program, which no feature of another jar may have. */
    static final Set<String> NAMES = Set.of(
            "accounts",
            "analytics",
            "audit",
            "emission",
            "history",
            "idempotency",
            "keys",
            "notifications",
            "orders",
            "payments",
            "privacy",
            "processes",
            "profiles",
            "projections",
            "roles",
            "security",
            "settings",
            "stream",
            "system",
            "tracking",
            "transfer",
            "work");

    /** The features that the program runs without. */
    private static final Set<String> OPTIONAL =
            Set.of("analytics", "history", "notifications", "orders", "payments", "profiles", "tracking", "transfer");

    private Features() {}

    /**
     * The machinery that features of this program are created with.
     *
     * @param runtime the settings that may change while the node runs
     * @param passwords hashes passwords
     * @param tokens issues access tokens; called only where commands are executed
     * @param events reads and shows events
     * @param checks checks every part of this node once and tells whether it works, by name; never fails
     * @param errors counts the errors that the process logs
     * @param all every feature of the program; called after the installation
     */
    record Machinery(
            NodeConfig config,
            RuntimeConfig runtime,
            PasswordHasher passwords,
            Supplier<TokenIssuer> tokens,
            EventAccess events,
            Supplier<Future<Map<String, Boolean>>> checks,
            ErrorCounter errors,
            Supplier<List<InstalledFeature>> all) {}

    /** Creates the features of this program and adds those of other jars. */
    static List<Feature> all(Machinery with) {
        var off = with.config().part(NodeSettings.FeatureChoice.class).off();
        return Stream.concat(standard(with).stream(), with.config().features().list().stream())
                .filter(feature -> !off.contains(feature.name()))
                .toList();
    }

    /**
     * Returns what is wrong with a choice of features to do without.
     *
     * @param more the features of other jars
     */
    static List<String> faults(Set<String> off, List<Feature> more) {
        var optional = new TreeSet<>(OPTIONAL);
        more.forEach(feature -> optional.add(feature.name()));
        var faults = off.stream()
                .sorted()
                .filter(name -> !optional.contains(name))
                .map(name -> "features.off: " + name + " (expected: some of " + String.join(", ", optional) + ")");
        return Stream.concat(faults, apart(off)).toList();
    }

    /* Each reacts to events of the other. */
    private static Stream<String> apart(Set<String> off) {
        return off.contains("orders") == off.contains("payments")
                ? Stream.of()
                : Stream.of("features.off: one of orders and payments (expected: both or neither)");
    }

    private static List<Feature> standard(Machinery with) {
        var config = with.config();
        var events = with.events();
        return List.of(
                new AuthFeature(config.security()),
                new SigningKeysFeature(config.security()),
                new RolesFeature(AccountsFeature::roleHeld),
                new IdempotencyFeature(config.idempotency()),
                new AuditFeature(),
                new DeadLettersFeature(with.all()),
                new StreamFeature(events.views(), events.streams()),
                new HistoryFeature(events.views(), events.decryptor()),
                new TransferFeature(
                        events.decryptor(),
                        MasterKey.configured(config.security().masterKey())),
                emission(with),
                accounts(with),
                new ProfilesFeature(config.part(ProfilesConfig.class)),
                new PrivacyFeature(
                        MasterKey.configured(config.security().masterKey()),
                        config.privacy(),
                        config.data().dir(),
                        AccountsFeature::eraseAgain),
                new SettingsFeature(
                        config.shared(), config.runtime(), with.runtime()::apply, config.part(SettingsConfig.class)),
                new SystemFeature(config.part(SystemConfig.class), with.checks(), () -> errors(with.errors())),
                new NotificationsFeature(
                        config.part(NotificationsConfig.class),
                        events.views(),
                        () -> events.rights().fresh()),
                new AnalyticsFeature(),
                new ProcessesFeature(with.all()),
                new ProjectionsFeature(with.all()),
                new OrdersFeature(config.part(OrdersConfig.class), events.views()),
                new PaymentsFeature(config.part(PaymentsConfig.class)),
                new TrackingFeature());
    }

    private static Feature emission(Machinery with) {
        var config = with.config();
        var events = with.events();
        var limits = new EventsFeature.EmissionLimits(
                config.db().lockTimeout(), config.relay().lagMax());
        return new EventsFeature(
                events.cursors(), events.notifications(), events.rights(), config.part(EventsConfig.class), limits);
    }

    private static List<SystemEvent.LoggedError> errors(ErrorCounter counter) {
        return counter.take().stream()
                .map(error -> new SystemEvent.LoggedError(
                        error.from().logger(),
                        error.from().exception(),
                        error.from().place(),
                        error.count(),
                        error.last()))
                .toList();
    }

    private static Feature accounts(Machinery with) {
        var config = with.config();
        var logins = new AccountsFeature.Logins(
                with.passwords(),
                with.tokens(),
                new RateLimiter(with.runtime()::rateLimit),
                config.signIn(),
                config.part(AccountLimitsConfig.class));
        var named = config.administrator();
        return new AccountsFeature(
                config.auth(),
                with.runtime()::registration,
                logins,
                new AccountsFeature.NamedAdministrator(named.email(), named.password()),
                with.all());
    }

    /**
     * Installs features.
     *
     * @param platform without settings
     * @throws StartException naming the feature whose installation failed
     */
    static List<InstalledFeature> install(List<Feature> features, Platform platform, NodeConfig config) {
        return features.stream()
                .map(feature -> install(
                        feature, platform.with(config.features().settings().get(feature.name()))))
                .toList();
    }

    private static InstalledFeature install(Feature feature, Platform platform) {
        try {
            return InstalledFeature.of(feature, platform);
        } catch (InvalidSettingsException faults) { // It lists each error of a file that the operator wrote.
            throw faults;
        } catch (RuntimeException | LinkageError failure) { // Code of other jars.
            throw new StartException("feature " + feature.name() + ": its installation failed: " + failure);
        }
    }

    /** Returns the log of security acts. */
    static AuditLog auditLog(NodeEnvironment environment) {
        return new AuditTable(environment.json(), environment.clock(), environment.ids());
    }

    /** Returns the defaults of the features' settings that have groups of their own, by group. */
    static Map<String, Record> settings() {
        return Map.of(
                "events", EventsConfig.DEFAULT,
                "notifications", NotificationsConfig.DEFAULT,
                "orders", OrdersConfig.DEFAULT,
                "payments", PaymentsConfig.DEFAULT,
                "profiles", ProfilesConfig.DEFAULT,
                "settings", SettingsConfig.DEFAULT,
                "system", SystemConfig.DEFAULT);
    }

    /** Returns the folder of the operator's event types. */
    static Path eventTypes(NodeConfig config) {
        return config.part(EventsConfig.class).dir();
    }

    /** Returns the errors for which the administrator of the settings could not be created. */
    static List<FieldError> userFaults(String email, String password) {
        return AccountsFeature.userFaults(email, password);
    }
}
