package dev.skelly.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import dev.skelly.event.CommandContext;
import dev.skelly.event.Json;
import dev.skelly.feature.Command;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.CommandResult;
import dev.skelly.feature.Query;
import dev.skelly.testing.TestTokens;
import dev.skelly.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.math.BigInteger;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** E-05: nothing starts that could not tell a forged token from a good one. */
@ExtendWith(VertxExtension.class)
class JsonWebKeySetTest {

    private static final TestTokens TOKENS = new TestTokens();
    private static final ECKey KEY = TOKENS.key();
    private static final String X = KEY.getX().toString();
    private static final String Y = KEY.getY().toString();
    private static final String ZERO = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]);

    private TokenVerifier verifier(List<JsonWebKey> keys) {
        var commands = new CommandBus() {
            @Override
            public <R> Future<CommandResult<R>> send(Command<R> command, CommandContext cause) {
                return TOKENS.send(command, cause);
            }

            @Override
            @SuppressWarnings("unchecked") // the query for the keys is answered by keys
            public <R> Future<R> query(Query<R> query) {
                return query instanceof FindPublicKeys
                        ? Future.succeededFuture((R) new JsonWebKeySet(keys))
                        : TOKENS.query(query);
            }
        };
        return new TokenVerifier(commands, TOKENS.rights(), SecurityConfig.DEFAULT, Json.mapper(), Clock.systemUTC());
    }

    static Stream<Arguments> unsound() {
        return Stream.of(
                Arguments.of("none", List.of()),
                Arguments.of("a point beside the curve", keys("EC", "P-256", X, X, "ES256")),
                Arguments.of("zero", keys("EC", "P-256", ZERO, ZERO, "ES256")),
                Arguments.of("no coordinates", keys("EC", "P-256", "", "", "ES256")),
                Arguments.of("coordinates beyond the field", keys("EC", "P-256", beyond(X), Y, "ES256")),
                Arguments.of("no base64", keys("EC", "P-256", "ä", Y, "ES256")),
                Arguments.of("another curve", keys("EC", "P-384", X, Y, "ES256")),
                Arguments.of("another kind", keys("oct", "P-256", X, Y, "ES256")),
                Arguments.of("another algorithm", keys("EC", "P-256", X, Y, "none")),
                Arguments.of(
                        "a good one and a bad one",
                        List.of(key("EC", "P-256", X, Y, "ES256"), key("EC", "P-256", Y, X, "ES256"))));
    }

    private static List<JsonWebKey> keys(String kty, String crv, String x, String y, String alg) {
        return List.of(key(kty, crv, x, y, alg));
    }

    private static JsonWebKey key(String kty, String crv, String x, String y, String alg) {
        return new JsonWebKey(kty, crv, x, y, KEY.getKeyID(), alg, "sig");
    }

    private static String beyond(String coordinate) {
        var field = BigInteger.TWO
                .pow(256)
                .subtract(BigInteger.TWO.pow(224))
                .add(BigInteger.TWO.pow(192))
                .add(BigInteger.TWO.pow(96))
                .subtract(BigInteger.ONE);
        var number = new BigInteger(1, Base64.getUrlDecoder().decode(coordinate)).add(field);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(number.toByteArray());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unsound")
    void startsWithNoUnsoundKeySetAndTrustsNobodyByIt(String what, List<JsonWebKey> keys, Vertx vertx) {
        // Given
        var verifier = verifier(keys);

        // When
        var failure = Waiting.failure(vertx.deployVerticle(verifier));

        // Then
        assertThat(failure).as(what).isInstanceOfAny(IllegalStateException.class, IllegalArgumentException.class);
        assertThat(verifier.verify(TOKENS.token(UUID.randomUUID(), "admin")).succeeded())
                .isFalse();
    }

    @Test
    void startsWithASoundOne(Vertx vertx) {
        Waiting.on(vertx.deployVerticle(verifier(keys("EC", "P-256", X, Y, "ES256"))));
    }
}
