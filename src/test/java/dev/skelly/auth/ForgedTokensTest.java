package dev.skelly.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.event.Json;
import dev.skelly.feature.Problem;
import dev.skelly.testing.TestTokens;
import dev.skelly.testing.Torture;
import dev.skelly.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Changed tokens by the hundred thousand: not one is taken, and each gets 401. {@code scripts/torture} makes a million, and
 * {@code -Dskelly.seed=…} the same ones again.
 */
@ExtendWith(VertxExtension.class)
final class ForgedTokensTest {

    private static final int COUNT = Torture.times(1_000_000, 20_000);
    private static final String ALPHABET = "ABCabc019-_.=+/ \u0000\u00e4{}\"";

    @Test
    void takesNoneOfManyChangedTokens(Vertx vertx) {
        // Given
        var seed = Torture.seed("D-05");
        var random = new Random(seed);
        var tokens = new TestTokens();
        var rights = tokens.rights();
        var verifier = new TokenVerifier(tokens, rights, SecurityConfig.DEFAULT, Json.mapper(), Clock.systemUTC());
        Waiting.on(vertx.deployVerticle(verifier).compose(deployed -> vertx.deployVerticle(rights)));
        var genuine = List.of(
                tokens.token(UUID.randomUUID(), "user", "admin"),
                tokens.formerToken(UUID.randomUUID(), "user", "admin"));
        var taken = 0;

        // When
        for (var n = 0; n < COUNT; n++) {
            var forged = change(genuine.get(n % 2), random);
            if (genuine.contains(forged)) {
                continue; // A character was changed into itself.
            }
            var answer = verifier.verify(forged);
            var refused = answer.failed()
                    && answer.cause() instanceof Problem problem
                    && problem.kind() == Problem.Kind.UNAUTHENTICATED;
            taken += refused ? 0 : 1;
        }

        // Then
        System.out.println(
                "{\"test\":\"D-05\",\"seed\":" + seed + ",\"forgeries\":" + COUNT + ",\"taken\":" + taken + "}");
        assertThat(taken).as("seed " + seed).isZero();
    }

    private static String change(String genuine, Random random) {
        var text = new StringBuilder(genuine);
        for (var changes = 1 + random.nextInt(3); changes > 0; changes--) {
            var at = random.nextInt(Math.max(1, text.length()));
            var character = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
            switch (random.nextInt(5)) {
                case 0 -> text.replace(at, Math.min(at + 1, text.length()), String.valueOf(character));
                case 1 -> text.insert(Math.min(at, text.length()), character);
                case 2 -> text.delete(at, at + 1);
                case 3 -> text.setLength(Math.min(text.length(), at));
                default -> swapClaims(text, random);
            }
        }
        return text.toString();
    }

    /* The claims again, with one byte changed before they are encoded. */
    private static void swapClaims(StringBuilder text, Random random) {
        var parts = text.toString().split("\\.", -1);
        if (parts.length != 3 || parts[1].isEmpty()) {
            return;
        }
        try {
            var claims = Base64.getUrlDecoder().decode(parts[1]);
            claims[random.nextInt(Math.max(1, claims.length))] ^= (byte) (1 << random.nextInt(8));
            var changed = Base64.getUrlEncoder().withoutPadding().encodeToString(claims);
            text.replace(0, text.length(), parts[0] + "." + changed + "." + parts[2]);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            text.append(new String(new byte[] {46}, StandardCharsets.US_ASCII));
        }
    }
}
