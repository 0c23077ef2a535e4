package dev.skelly.node;

import dev.skelly.auth.AuthFeature;
import dev.skelly.auth.PasswordHasher;
import dev.skelly.auth.TokenIssuer;
import dev.skelly.crypto.MasterKey;
import dev.skelly.event.CommandContext;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Platform;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Route;
import dev.skelly.feature.UserAdmin;
import dev.skelly.features.accounts.AccountsFeature;
import dev.skelly.features.analytics.AnalyticsFeature;
import dev.skelly.features.audit.AuditFeature;
import dev.skelly.features.audit.AuditTable;
import dev.skelly.features.deadletters.DeadLettersFeature;
import dev.skelly.features.events.EventsFeature;
import dev.skelly.features.history.HistoryFeature;
import dev.skelly.features.privacy.PrivacyFeature;
import dev.skelly.features.roles.RolesFeature;
import dev.skelly.features.settings.SettingsFeature;
import dev.skelly.features.signingkeys.SigningKeysFeature;
import dev.skelly.features.tracking.TrackingFeature;
import dev.skelly.features.transfer.TransferFeature;
import dev.skelly.idempotency.IdempotencyFeature;
import dev.skelly.mail.MailSender;
import dev.skelly.ratelimit.RateLimiter;
import dev.skelly.stream.StreamFeature;
import io.vertx.core.Future;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** The features of this program. A feature is removed by deleting its line here and its folder. */
public final class Features {

    private Features() {}

    /**
     * The services that features are created with.
     *
     * @param all every feature of the program; read when a person's data is exported or erased
     */
    record Services(
            Platform platform,
            NodeConfig config,
            CommandBus commands,
            AuditTable audit,
            EventAccess events,
            AccountsFeature.Logins logins,
            AccountsFeature.Mailing mailing,
            Supplier<List<Feature>> all) {

        static Services of(
                NodeContext context,
                CommandBus commands,
                EventAccess events,
                Supplier<TokenIssuer> tokens,
                Supplier<URI> publicUrl,
                Supplier<List<Feature>> all) {
            var config = context.config();
            var platform = context.platform();
            var logins = new AccountsFeature.Logins(
                    new PasswordHasher(context.vertx(), config.security()),
                    tokens,
                    new RateLimiter(config.rateLimit()),
                    config.signIn());
            var sender =
                    MailSender.of(context.vertx(), config.mail(), config.data().dir());
            return new Services(
                    platform,
                    config,
                    commands,
                    new AuditTable(platform.json(), platform.clock(), platform.ids()),
                    events,
                    logins,
                    new AccountsFeature.Mailing(sender, publicUrl),
                    all);
        }
    }

    /** Creates all features. */
    static List<Feature> standard(Services with) {
        var platform = with.platform();
        var config = with.config();
        var commands = with.commands();
        var audit = with.audit();
        var events = with.events();
        var json = platform.json();
        return List.of(
                new AuthFeature(config.security(), json, platform.clock(), platform.ids()),
                new SigningKeysFeature(commands, audit, config.security(), json, platform.clock(), platform.ids()),
                new RolesFeature(commands, audit, AccountsFeature::roleHeld),
                new PrivacyFeature(MasterKey.configured(config.security().masterKey()), events.types()),
                new IdempotencyFeature(config.idempotency()),
                new AuditFeature(commands, audit),
                new DeadLettersFeature(commands, json, audit),
                new StreamFeature(commands, new SecureRandom(), events.views()),
                new HistoryFeature(commands, events.views(), events::log, events.decryptor(), json),
                new SettingsFeature(audit),
                new TransferFeature(events.types(), audit, json),
                new EventsFeature(
                        platform,
                        commands,
                        events.types(),
                        events.cursors(),
                        events.notifications(),
                        events.rights(),
                        config.events()),
                new AccountsFeature(
                        platform, commands, audit, config.auth(), with.logins(), with.mailing(), with.all()),
                new AnalyticsFeature(commands, platform.clock()),
                new TrackingFeature());
    }

    /** Returns every name under which the log records the erasure of a person. */
    static Set<String> erasures(EventTypeRegistry types) {
        var type = types.named(AccountsFeature.ERASURE).orElseThrow();
        var names = new HashSet<>(type.formerly());
        names.add(type.name());
        return Set.copyOf(names);
    }

    /** Erases the accounts that exist again, and returns their number. */
    static Future<Integer> eraseAgain(Services with, Collection<UUID> accounts) {
        return AccountsFeature.eraseAgain(with.commands(), with.platform().ids(), accounts);
    }

    /** Returns every route of these features. */
    static List<Route> routes(List<Feature> features) {
        return features.stream().flatMap(feature -> feature.routes().stream()).toList();
    }

    /** Returns the errors with which {@link #createAdministrator} would fail. */
    static List<FieldError> userFaults(String email, String password) {
        return AccountsFeature.userFaults(email, password);
    }

    /**
     * Creates the account that the settings name.
     *
     * @return its id; fails with {@link Problem}: 422 for an invalid address or password, 409 {@code email-taken}
     */
    static Future<UUID> createAdministrator(Services with, String email, String password) {
        var ids = with.platform().ids();
        var cause = CommandContext.fresh(ids.get());
        return AccountsFeature.createUser(
                with.commands(), with.logins().passwords(), ids, cause, email, password, true);
    }

    /** Returns the administration of accounts for the command line. */
    static UserAdmin people(Services with) {
        return AccountsFeature.people(
                with.commands(), with.logins().passwords(), with.platform().ids());
    }

    /** Issues the token that creates the first administrator, and revokes former ones; empty if an administrator exists. */
    static Future<Optional<String>> issueFirstLink(Services with) {
        return AccountsFeature.issueFirstLink(with.commands(), with.platform().ids());
    }
}
