package dev.skelly.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.skelly.command.CommandExecutor;
import dev.skelly.event.CommandContext;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.Json;
import dev.skelly.eventlog.EventLog;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import dev.skelly.testkit.TestPlatform;
import io.vertx.core.Future;
import java.text.ParseException;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The signing key lies in the database, once, and sealed where a master key is set. */
final class AuthFeatureIT {

    private static final String MASTER_KEY = Base64.getEncoder().encodeToString(new byte[32]);

    private final TestDatabase database = TestDatabase.fresh("security");
    private final JsonMapper json = Json.mapper();
    private final Clock clock = Clock.systemUTC();

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void makesOneKeyHoweverManyNodesStartTogether() {
        // Given
        var nodes = IntStream.range(0, 8)
                .mapToObj(node -> runner(SecurityConfig.DEFAULT))
                .toList();

        // When
        Waiting.on(Future.all(nodes.stream().map(this::ensure).toList()));

        // Then
        assertThat(keys(nodes.get(0)).keys()).hasSize(1);
    }

    @Test
    void signsWhatAnotherLibraryVerifiesWithTheShownKeys() throws ParseException, JOSEException {
        // Given
        var runner = runner(SecurityConfig.DEFAULT);
        Waiting.on(ensure(runner));
        var account = UUID.randomUUID();

        // When
        var text = Waiting.on(tokens(SecurityConfig.DEFAULT).sign(account, UUID.randomUUID(), Set.of("user"), 0));

        // Then
        var token = SignedJWT.parse(text);
        var shown = JWKSet.parse(json.valueToTree(keys(runner)).toString());
        var key = shown.getKeyByKeyId(token.getHeader().getKeyID()).toECKey();
        assertThat(token.verify(new ECDSAVerifier(key))).isTrue();
        assertThat(token.getHeader().getType().getType()).isEqualTo("JWT");
        assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo(account.toString());
        assertThat(token.getJWTClaimsSet().getClaims())
                .containsOnlyKeys("iss", "aud", "token_use", "sub", "sid", "roles", "rv", "iat", "exp", "jti");
    }

    @Test
    void sealsTheKeyUnderTheMasterKeyAndOpensItWithNoOther() {
        // Given
        var sealed = config(MASTER_KEY);
        Waiting.on(ensure(runner(SecurityConfig.DEFAULT)));
        Waiting.on(ensure(runner(sealed))); // Seals the one that lay open.

        // When
        var token = Waiting.on(tokens(sealed).sign(UUID.randomUUID(), UUID.randomUUID(), Set.of(), 0));
        var other = config(Base64.getEncoder().encodeToString("another key of thirty-two bytes!".getBytes(US_ASCII)));
        var wrong = Waiting.failure(tokens(other).check());
        var none = Waiting.failure(tokens(SecurityConfig.DEFAULT).check());

        // Then
        assertThat(token).isNotEmpty();
        assertThat(wrong).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("security.master-key");
        assertThat(none).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("security.master-key");
    }

    @Test
    void changesTheMasterKeyOfTheSigningKey() {
        // Given
        var next = Base64.getEncoder().encodeToString("another key of thirty-two bytes!".getBytes(US_ASCII));
        Waiting.on(ensure(runner(config(MASTER_KEY))));

        // When
        var both = tokens(config(next + "," + MASTER_KEY));
        Waiting.on(both.check());
        assertThat(Waiting.on(both.reseal())).isEqualTo(1);

        // Then
        Waiting.on(tokens(config(next)).check());
        assertThat(Waiting.failure(tokens(config(MASTER_KEY)).check())).hasMessageContaining("security.master-key");
    }

    @Test
    void leavesARetiredKeyShownForAWhileAndMakesANewOne() {
        // Given
        var runner = runner(SecurityConfig.DEFAULT);
        Waiting.on(ensure(runner));
        database.execute("update signing_key set retired_at = now()");

        // When
        Waiting.on(ensure(runner));

        // Then
        assertThat(keys(runner).keys()).hasSize(2);
        database.execute("update signing_key set retired_at = now() - interval '2 days' where retired_at is not null");
        assertThat(keys(runner).keys()).hasSize(1);
    }

    private static SecurityConfig config(String masterKey) {
        var shipped = SecurityConfig.DEFAULT;
        return new SecurityConfig(
                masterKey,
                shipped.issuer(),
                shipped.audience(),
                shipped.tokenLife(),
                shipped.tokenLeeway(),
                shipped.passwordMemoryKib(),
                shipped.passwordIterations(),
                shipped.passwordsAtOnce(),
                shipped.passwordsWaitingMax());
    }

    private CommandExecutor runner(SecurityConfig config) {
        var log =
                new EventLog(database.pool(), EventTypeRegistry.of(Map.of()), json, clock, UUID::randomUUID, seq -> {});
        return new CommandExecutor(
                TestPlatform.alone().at(clock).registry(new AuthFeature(config)), log, database.pool());
    }

    private Future<?> ensure(CommandExecutor runner) {
        return runner.transact(new EnsureSigningKey(), CommandContext.fresh(UUID.randomUUID()));
    }

    private static JsonWebKeySet keys(CommandExecutor runner) {
        return Waiting.on(runner.ask(new FindPublicKeys()));
    }

    private TokenIssuer tokens(SecurityConfig config) {
        return new TokenIssuer(database.pool(), config, json, clock, UUID::randomUUID);
    }
}
