package dev.skelly.features.accounts;

import static dev.skelly.testkit.FeatureFixture.await;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.auth.AccountLimitsConfig;
import dev.skelly.auth.AuthConfig;
import dev.skelly.auth.AuthFeature;
import dev.skelly.auth.EnsureSigningKey;
import dev.skelly.auth.LoginLimitsConfig;
import dev.skelly.auth.PasswordHasher;
import dev.skelly.auth.SecurityConfig;
import dev.skelly.auth.TokenIssuer;
import dev.skelly.config.SecretValue;
import dev.skelly.crypto.FieldEncryptor;
import dev.skelly.crypto.MasterKey;
import dev.skelly.event.CommandContext;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.Json;
import dev.skelly.feature.InstalledFeature;
import dev.skelly.feature.Principal;
import dev.skelly.feature.Response;
import dev.skelly.feature.UserAdmin;
import dev.skelly.features.audit.AuditFeature;
import dev.skelly.features.deadletters.DeadLettersFeature;
import dev.skelly.features.roles.RolesFeature;
import dev.skelly.mail.Email;
import dev.skelly.ratelimit.RateLimitConfig;
import dev.skelly.ratelimit.RateLimiter;
import dev.skelly.stream.StreamAccessFixture;
import dev.skelly.stream.StreamFeature;
import dev.skelly.testkit.FeatureFixture;
import dev.skelly.testkit.MovableClock;
import dev.skelly.testkit.TestDatabase;
import dev.skelly.testkit.TestPlatform;
import dev.skelly.testkit.TestRequest;
import dev.skelly.view.EventViews;
import io.vertx.core.Future;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** The feature over a real database, with passwords that are cheap to hash. */
public final class AccountsFixture implements AutoCloseable {

    public static final String PASSWORD = "correct horse";
    static final URI HOME = TestPlatform.HOME;

    public final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T12:00:00Z"));
    final List<Email> sent = new CopyOnWriteArrayList<>();
    final Optional<MailFixture> office;
    final RateLimiter limits;
    public final PasswordHasher passwords;
    public final FeatureFixture features;

    /** The device cookie of the browser that registered last. */
    public String device = "";

    public AccountsFixture() {
        this(AuthConfig.DEFAULT);
    }

    public AccountsFixture(AuthConfig config) {
        this(config, Optional.empty(), new RateLimiter(new RateLimitConfig(false, 20, 40, 1)), cheap());
    }

    /** Sends real mail to an office of its own, instead of to the list {@link #sent}. */
    static AccountsFixture mailing() {
        return mailing(AuthConfig.DEFAULT);
    }

    static AccountsFixture mailing(AuthConfig config) {
        var office = Optional.of(new MailFixture());
        return new AccountsFixture(config, office, new RateLimiter(new RateLimitConfig(false, 20, 40, 1)), cheap());
    }

    /** By default no wrong password is one too many. */
    AccountsFixture(AuthConfig config, Optional<MailFixture> office, RateLimiter limits, SecurityConfig security) {
        this.office = office;
        this.limits = limits;
        var database = TestDatabase.fresh("security", "accounts", "work", "stream", "audit", "privacy");
        var master = MasterKey.configured(security.masterKey());
        var tokens = new TokenIssuer(database.pool(), security, Json.mapper(), clock, UuidCreator::getTimeOrderedEpoch);
        passwords = new PasswordHasher(database.vertx(), security);
        features = new FeatureFixture(
                database,
                clock,
                new FieldEncryptor(master, Json.mapper()),
                office.map(MailFixture::postbox).orElse(this::accept),
                new AuthFeature(security),
                TestPlatform.privacy(master),
                new RolesFeature(AccountsFeature::roleHeld),
                new DeadLettersFeature(List::of),
                new AuditFeature(),
                new StreamFeature(
                        () -> new EventViews(EventTypeRegistry.of(Map.of()), (who, channel) -> false),
                        StreamAccessFixture.shared()),
                new AccountsFeature(
                        config,
                        config::registration,
                        new AccountsFeature.Logins(
                                passwords,
                                () -> tokens,
                                limits,
                                LoginLimitsConfig.DEFAULT,
                                AccountLimitsConfig.DEFAULT),
                        new AccountsFeature.NamedAdministrator("", SecretValue.NONE),
                        this::installed));
        await(features.send(new EnsureSigningKey(), CommandContext.fresh(new UUID(0, 0))));
    }

    /** Argon2 at its cheapest. */
    static SecurityConfig cheap() {
        var shipped = SecurityConfig.DEFAULT;
        return new SecurityConfig(
                shipped.masterKey(),
                shipped.issuer(),
                shipped.audience(),
                shipped.tokenLife(),
                shipped.tokenLeeway(),
                1_024,
                1,
                2,
                1_000);
    }

    private Future<Void> accept(Email letter) {
        sent.add(letter);
        return Future.succeededFuture();
    }

    /** Registers in a browser of its own; the password is {@link #PASSWORD}. */
    @CanIgnoreReturnValue
    public UUID register(String email) {
        var reply = await(features.call("POST", "/api/auth/register", registration(email)));
        device = cookie(reply, "device");
        return UUID.fromString(String.valueOf(features.body(reply).get("id")));
    }

    public static TestRequest registration(String email) {
        return TestRequest.of("{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, PASSWORD));
    }

    /** The operator's administration of accounts. */
    public UserAdmin people() {
        return features.service(UserAdmin.class);
    }

    /** The token of a new link that makes the first administrator; empty when there is one. */
    Future<Optional<String>> firstLink() {
        return installed().stream()
                .flatMap(feature -> feature.greetings().stream())
                .findFirst()
                .orElseThrow()
                .lines(HOME)
                .map(lines -> lines.stream()
                        .filter(line -> line.contains("#first-administrator="))
                        .map(line -> line.substring(line.indexOf('=') + 1))
                        .findFirst());
    }

    public Future<Response> login(String email, String password) {
        return features.call(
                "POST",
                "/api/auth/login",
                TestRequest.of("{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password)));
    }

    Future<Response> refresh(String token) {
        return features.call("POST", "/api/auth/refresh", TestRequest.of("{}").carrying("refresh", token));
    }

    /** The refresh token that a reply's cookie carries. */
    static String refreshToken(Response reply) {
        return cookie(reply, "refresh");
    }

    static String cookie(Response reply, String name) {
        return reply.cookies().stream()
                .filter(cookie -> cookie.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }

    public Principal principal(UUID account) {
        return principal(account, new UUID(9, 9));
    }

    Principal principal(UUID account, UUID session) {
        return new Principal(
                account, session, Set.of("user"), 0, clock.instant().plus(Duration.ofMinutes(10)));
    }

    public long count(String table) {
        return Long.parseLong(features.texts("select count(*) from " + table).get(0));
    }

    @Override
    public void close() {
        features.close();
        office.ifPresent(MailFixture::close);
    }

    private List<InstalledFeature> installed() {
        return features.features();
    }
}
