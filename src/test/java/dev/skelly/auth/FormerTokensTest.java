package dev.skelly.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.event.CommandContext;
import dev.skelly.event.Json;
import dev.skelly.feature.Command;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.CommandResult;
import dev.skelly.feature.Principal;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Query;
import dev.skelly.testing.TestTokens;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.MovableClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A token that was signed before decision note 0332 stays valid until it expires. */
@ExtendWith(VertxExtension.class)
final class FormerTokensTest {

    /* Signed by the code of that time with a key that signs nothing else, on 23 November 2026 at 12:00 for ten minutes. */
    private static final String HEADER =
            "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFUzI1NiIsImtpZCI6IjAwMDAwMDAwLTAwMDAtMDAwNy0wMDAwLTAwMDAwMDAwMDAwNyJ9";
    private static final String CLAIMS =
            "eyJpc3MiOiJza2VsbHkiLCJhdWQiOiJza2VsbHkiLCJzdWIiOiIwMDAwMDAwMC0wMDAwLTAwMDEtMDAwMC0wMDAwMDAwMDAwMDEi"
                    + "LCJzaWQiOiIwMDAwMDAwMC0wMDAwLTAwMDItMDAwMC0wMDAwMDAwMDAwMDIiLCJyb2xlcyI6WyJhZG1pbiIsInVzZXIiXSwi"
                    + "cnYiOjQsImlhdCI6MTc5NTQzNTIwMCwiZXhwIjoxNzk1NDM1ODAwLCJqdGkiOiIwMDAwMDAwMC0wMDAwLTAwMDMtMDAwMC0w"
                    + "MDAwMDAwMDAwMDMifQ";
    private static final String SIGNATURE =
            "jJBN_E2xT4QVEmfRLLCkdA7PtRwphnDFhLImu1V_cyoo10K4GyVB_wyQTw5dt_sKwcuwSm6pcQvjTaekdOctww";
    private static final String TOKEN = HEADER + "." + CLAIMS + "." + SIGNATURE;
    private static final JsonWebKey KEY = new JsonWebKey(
            "EC",
            "P-256",
            "hXF54_DkHm8ZZiTEOKZdu2VJPgTMSu4zdZThu2D67fY",
            "ehhnOZ6wAk6zg8KL-HCzlcHSEaV5AM6yUcENR54cgwg",
            "00000000-0000-0007-0000-000000000007",
            "ES256",
            "sig");

    private static final Instant SIGNED = Instant.parse("2026-11-23T12:00:00Z");

    private final TestTokens others = new TestTokens();
    private final MovableClock clock = new MovableClock(SIGNED);
    private final Authorization rights = others.rights();
    private final TokenVerifier verifier =
            new TokenVerifier(new OneKey(others), rights, SecurityConfig.DEFAULT, Json.mapper(), clock);

    private record OneKey(TestTokens others) implements CommandBus {

        @Override
        public <R> Future<CommandResult<R>> send(Command<R> command, CommandContext cause) {
            return others.send(command, cause);
        }

        @Override
        @SuppressWarnings("unchecked") // the query for the keys is answered by keys
        public <R> Future<R> query(Query<R> query) {
            return query instanceof FindPublicKeys
                    ? Future.succeededFuture((R) new JsonWebKeySet(List.of(KEY)))
                    : others.query(query);
        }
    }

    @BeforeEach
    void start(Vertx vertx) {
        Waiting.on(vertx.deployVerticle(verifier).compose(deployed -> vertx.deployVerticle(rights)));
    }

    @Test
    void isTakenUntilItExpires() {
        // When
        var principal = Waiting.on(verifier.verify(TOKEN));

        // Then
        assertThat(principal)
                .isEqualTo(new Principal(
                        new UUID(1, 1),
                        new UUID(2, 2),
                        Set.of("user", "admin"),
                        4,
                        SIGNED.plus(Duration.ofMinutes(10))));
        clock.pass(Duration.ofMinutes(11));
        assertThat(((Problem) Waiting.failure(verifier.verify(TOKEN))).code()).isEqualTo(TokenVerifier.EXPIRED);
    }

    @Test
    void isRefusedWithAChangedSignature() {
        // When
        var refusal =
                (Problem) Waiting.failure(verifier.verify(HEADER + "." + CLAIMS + "." + SIGNATURE.replace('_', '-')));

        // Then
        assertThat(refusal.code()).isEqualTo(TokenVerifier.INVALID);
    }
}
