package dev.skelly.node;

import dev.skelly.auth.AuthConfig;
import dev.skelly.auth.LoginLimitsConfig;
import dev.skelly.auth.PasswordHasher;
import dev.skelly.auth.TokenIssuer;
import dev.skelly.event.CommandContext;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.feature.AuditLog;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Route;
import dev.skelly.feature.UserAdmin;
import dev.skelly.features.accounts.AccountsFeature;
import dev.skelly.features.analytics.AnalyticsFeature;
import dev.skelly.features.tracking.TrackingFeature;
import dev.skelly.mail.MailSender;
import dev.skelly.ratelimit.RateLimiter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlClient;
import java.net.URI;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** The features of this program. Without its line here and its folder a feature is gone. */
public final class Features {

    private Features() {}

    /**
     * What features are handed.
     *
     * @param tokens asked only where commands are carried out
     * @param publicUrl how browsers reach the application; asked when it is needed
     * @param audit where security acts are noted
     * @param limits counts wrong passwords
     * @param guesses how many of them are too many
     * @param features all of the program; asked when a person's data are handed out or erased
     * @param ids UUIDv7
     */
    public record Services(
            CommandBus commands,
            PasswordHasher passwords,
            Supplier<TokenIssuer> tokens,
            MailSender postbox,
            Supplier<URI> publicUrl,
            AuthConfig auth,
            AuditLog audit,
            RateLimiter limits,
            LoginLimitsConfig guesses,
            Supplier<List<Feature>> features,
            Clock clock,
            Supplier<UUID> ids) {

        /** With what the settings say. */
        static Services of(
                Vertx vertx,
                NodeConfig config,
                CommandBus commands,
                Supplier<TokenIssuer> tokens,
                Supplier<URI> publicUrl,
                AuditLog audit,
                Supplier<List<Feature>> features,
                Clock clock,
                Supplier<UUID> ids) {
            return new Services(
                    commands,
                    new PasswordHasher(vertx, config.security()),
                    tokens,
                    MailSender.of(vertx, config.mail(), config.data().dir()),
                    publicUrl,
                    config.auth(),
                    audit,
                    new RateLimiter(config.rateLimit()),
                    config.signIn(),
                    features,
                    clock,
                    ids);
        }
    }

    /** All features. */
    public static List<Feature> all(Services with) {
        return List.of(
                new AccountsFeature(
                        with.commands(),
                        with.passwords(),
                        with.tokens(),
                        with.postbox(),
                        with.publicUrl(),
                        with.auth(),
                        with.audit(),
                        with.limits(),
                        with.guesses(),
                        with.features(),
                        with.clock(),
                        with.ids()),
                new AnalyticsFeature(with.commands(), with.clock()),
                new TrackingFeature());
    }

    /** Whether somebody has a role. */
    static Future<Boolean> roleHeld(SqlClient sql, String role) {
        return AccountsFeature.roleHeld(sql, role);
    }

    /** Every name under which the log tells that somebody was erased. */
    static Set<String> erasures(EventTypeRegistry catalogue) {
        var type = catalogue.named(AccountsFeature.ERASURE).orElseThrow();
        var names = new HashSet<>(type.formerly());
        names.add(type.name());
        return Set.copyOf(names);
    }

    /** Erases again those of these people who are there; how many there were. */
    static Future<Integer> eraseAgain(Services with, Collection<UUID> accounts) {
        return AccountsFeature.eraseAgain(with.commands(), with.ids(), accounts);
    }

    /** Every HTTP resource of these. */
    static List<Route> routes(List<Feature> features) {
        return features.stream().flatMap(feature -> feature.routes().stream()).toList();
    }

    /** What {@link #createAdministrator} would refuse. */
    static List<FieldError> userFaults(String email, String password) {
        return AccountsFeature.userFaults(email, password);
    }

    /**
     * Makes the account that the settings name.
     *
     * @return its id; fails with {@link Problem}: 422 for what is no address or no password, 409 {@code email-taken}
     */
    static Future<UUID> createAdministrator(Services with, String email, String password) {
        var cause = CommandContext.fresh(with.ids().get());
        return AccountsFeature.createUser(with.commands(), with.passwords(), with.ids(), cause, email, password, true);
    }

    /** The people, as the operator looks after them. */
    static UserAdmin people(Services with) {
        return AccountsFeature.people(with.commands(), with.passwords(), with.ids());
    }

    /** A token that makes the first administrator, where there is none; every former one is void. */
    static Future<Optional<String>> issueFirstLink(Services with) {
        return AccountsFeature.issueFirstLink(with.commands(), with.ids());
    }
}
