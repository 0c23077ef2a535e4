package dev.skelly.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.feature.Problem;
import dev.skelly.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Passwords are hashed as they should be, and never more at once than bounded. */
@ExtendWith(VertxExtension.class)
final class PasswordHasherTest {

    private static final String PASSWORD = "correct horse battery staple";
    private static final String HERE = "192.0.2.7";

    @Test
    void verifiesWhatItHashed(Vertx vertx) {
        // Given
        var passwords = new PasswordHasher(vertx, SecurityConfig.DEFAULT);
        var hash = Waiting.on(passwords.hash(PASSWORD));

        // When
        var right = Waiting.on(passwords.verify(PASSWORD, hash, HERE));
        var wrong = Waiting.on(passwords.verify(PASSWORD + "!", hash, HERE));

        // Then
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(right).isTrue();
        assertThat(wrong).isFalse();
        assertThat(passwords.needsRehash(hash)).isFalse();
    }

    @Test
    void takesALetterInOnePieceAndInTwoForTheSame(Vertx vertx) {
        // Given
        var passwords = new PasswordHasher(vertx, SecurityConfig.DEFAULT);
        var inOnePiece = "caf\u00e9 au lait";
        var inTwo = "cafe\u0301 au lait";

        // When
        var fromOne = Waiting.on(passwords.hash(inOnePiece));
        var fromTwo = Waiting.on(passwords.hash(inTwo));

        // Then
        assertThat(Waiting.on(passwords.verify(inTwo, fromOne, HERE))).isTrue();
        assertThat(Waiting.on(passwords.verify(inOnePiece, fromTwo, HERE))).isTrue();
        assertThat(Waiting.on(passwords.verify("cafe au lait", fromOne, HERE))).isFalse();
    }

    @Test
    void neverMatchesNothing(Vertx vertx) {
        // Given
        var passwords = new PasswordHasher(vertx, SecurityConfig.DEFAULT);

        // When
        var matched = Waiting.on(passwords.verifyAgainstNothing("nobody's password", HERE));

        // Then
        assertThat(matched).isFalse();
    }

    @Test
    void asksForANewHashWhenTheParametersChanged(Vertx vertx) {
        // Given
        var cheap = new SecurityConfig(
                "",
                "skelly",
                "skelly",
                SecurityConfig.DEFAULT.tokenLife(),
                SecurityConfig.DEFAULT.tokenLeeway(),
                1_024,
                1,
                0,
                50);
        var old = Waiting.on(new PasswordHasher(vertx, cheap).hash(PASSWORD));
        var passwords = new PasswordHasher(vertx, SecurityConfig.DEFAULT);

        // When
        var stillGood = Waiting.on(passwords.verify(PASSWORD, old, HERE));

        // Then
        assertThat(stillGood).isTrue();
        assertThat(passwords.needsRehash(old)).isTrue();
        assertThat(passwords.needsRehash("no hash")).isTrue();
    }

    @Test
    void refusesBeyondItsBoundAtOnce(Vertx vertx) {
        // Given
        var narrow = new SecurityConfig(
                "",
                "skelly",
                "skelly",
                SecurityConfig.DEFAULT.tokenLife(),
                SecurityConfig.DEFAULT.tokenLeeway(),
                19_456,
                2,
                1,
                2);
        var passwords = new PasswordHasher(vertx, narrow);

        // When
        var runs = IntStream.range(0, 10)
                .mapToObj(count -> passwords.hash(PASSWORD))
                .toList();
        Waiting.on(Future.join(runs).transform(ended -> Future.succeededFuture()));

        // Then
        var refused = runs.stream().filter(Future::failed).toList();
        assertThat(refused).hasSize(7);
        assertThat(((Problem) refused.get(0).cause()).kind()).isEqualTo(Problem.Kind.UNAVAILABLE);
    }
}
