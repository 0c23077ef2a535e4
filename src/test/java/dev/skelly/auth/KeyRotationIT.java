package dev.skelly.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.event.CommandContext;
import dev.skelly.event.Json;
import dev.skelly.features.signingkeys.SigningKeysFeature;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.FeatureFixture;
import dev.skelly.testkit.MovableClock;
import dev.skelly.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another key signs, and nobody notices: the old one verifies until its last token has expired, and is gone then. */
final class KeyRotationIT {

    private static final SecurityConfig CONFIG = SecurityConfig.DEFAULT;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T12:00:00Z"));
    private final TestDatabase database = TestDatabase.fresh("security", "audit");
    private final JsonMapper json = Json.mapper();
    private final FeatureFixture house =
            new FeatureFixture(database, clock, new AuthFeature(CONFIG), new SigningKeysFeature(CONFIG));
    private final TokenIssuer tokens = new TokenIssuer(database.pool(), CONFIG, json, clock, UUID::randomUUID);
    private final Authorization rights =
            new Authorization(RightsSource.direct(database.pool(), CONFIG), RightsConfig.DEFAULT);

    @BeforeEach
    void makeTheFirstKey() {
        FeatureFixture.await(house.send(new EnsureSigningKey(), CommandContext.fresh(new UUID(0, 0))));
        Waiting.on(database.vertx().deployVerticle(rights));
    }

    @AfterEach
    void close() {
        database.vertx()
                .deploymentIDs()
                .forEach(id -> Waiting.on(database.vertx().undeploy(id)));
        house.close();
    }

    @Test
    void signsNobodyOutAndForgetsTheOldKeyWhenItsLastTokenHasExpired() {
        // Given
        var verifier = verifier();
        var old = sign();

        // When
        var rotated = rotate();

        // Then
        assertThat(kids()).hasSize(2).contains(rotated.kid());
        assertThat(sign()).startsWith(header(old)); // Announced, and known everywhere before it signs.
        clock.pass(Duration.between(clock.instant(), rotated.signsFrom()).plusSeconds(61));
        var fresh = sign();
        assertThat(header(fresh)).isNotEqualTo(header(old));
        assertThat(Waiting.on(verifier.verify(old)).account()).isEqualTo(new UUID(1, 1));
        assertThat(Waiting.on(verifier.verify(fresh)).account()).isEqualTo(new UUID(1, 1));
        assertThat(kids()).hasSize(2);
        clock.pass(AuthFeature.retiredKeysShown(CONFIG));
        assertThat(kids()).containsExactly(rotated.kid());
        assertThat(Waiting.failure(verifier().verify(old))).hasMessage("the access token is not valid");
    }

    @Test
    void twoRotationsAtOnceLeaveOneKeyThatSigns() {
        // When
        var first = house.send(new RotateSigningKey(), CommandContext.fresh(new UUID(0, 0)));
        var second = house.send(new RotateSigningKey(), CommandContext.fresh(new UUID(0, 0)));
        FeatureFixture.await(first.transform(ended -> second).otherwiseEmpty());

        // Then
        clock.pass(Duration.ofMinutes(7));
        assertThat(house.texts("select count(*) from signing_key where retired_at is null"))
                .containsExactly("1");
        assertThat(sign()).isNotEmpty();
    }

    private RotateSigningKey.NewSigningKey rotate() {
        return FeatureFixture.await(house.send(new RotateSigningKey(), CommandContext.fresh(new UUID(0, 0))))
                .result();
    }

    private TokenVerifier verifier() {
        var verifier = new TokenVerifier(house, rights, CONFIG, json, clock);
        Waiting.on(database.vertx().deployVerticle(verifier));
        return verifier;
    }

    private String sign() {
        return Waiting.on(tokens.sign(new UUID(1, 1), new UUID(2, 2), Set.of("user"), 0));
    }

    private static String header(String token) {
        return token.substring(0, token.indexOf('.'));
    }

    private List<String> kids() {
        return FeatureFixture.await(house.query(new FindPublicKeys())).keys().stream()
                .map(JsonWebKey::kid)
                .toList();
    }
}
