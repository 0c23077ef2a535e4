package dev.skelly.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.event.Json;
import dev.skelly.feature.Problem;
import dev.skelly.testing.TestTokens;
import dev.skelly.testing.Torture;
import dev.skelly.testing.Waiting;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Changed tokens by the hundred thousand: not one is taken, and each gets 401. {@code scripts/torture} makes a million, and
 * {@code -Dskelly.seed=…} the same ones again.
 */
final class ForgedTokensTest {

    private static final int COUNT = Torture.times(1_000_000, 20_000);
    private static final String ALPHABET = "ABCabc019-_.=+/ \u0000\u00e4{}\"";

    @Test
    void takesNoneOfManyChangedTokens() {
        // Given
        var seed = Torture.seed("D-05");
        var random = new Random(seed);
        var tokens = new TestTokens();
        var rights = tokens.rights();
        var vertx = Vertx.vertx();
        var verifier = new TokenVerifier(tokens, rights, SecurityConfig.DEFAULT, Json.mapper(), Clock.systemUTC());
        Waiting.on(vertx.deployVerticle(verifier).compose(deployed -> vertx.deployVerticle(rights)));
        var genuine = tokens.token(UUID.randomUUID(), "user", "admin");
        var taken = 0;

        // When
        for (var n = 0; n < COUNT; n++) {
            var forged = change(genuine, random);
            var answer = verifier.verify(forged);
            if (sameBytes(genuine, forged)) {
                continue; // Unused bits of base64: another spelling of the very same token.
            }
            var refused = answer.failed()
                    && answer.cause() instanceof Problem problem
                    && problem.kind() == Problem.Kind.UNAUTHENTICATED;
            taken += refused ? 0 : 1;
        }

        // Then
        Waiting.on(vertx.close());
        System.out.println(
                "{\"test\":\"D-05\",\"seed\":" + seed + ",\"forgeries\":" + COUNT + ",\"taken\":" + taken + "}");
        assertThat(taken).as("seed " + seed).isZero();
    }

    private static boolean sameBytes(String genuine, String forged) {
        if (!forged.substring(0, Math.max(0, forged.lastIndexOf('.')))
                .equals(genuine.substring(0, genuine.lastIndexOf('.')))) {
            return false;
        }
        try {
            var left = Base64.getUrlDecoder().decode(genuine.substring(genuine.lastIndexOf('.') + 1));
            var right = Base64.getUrlDecoder().decode(forged.substring(forged.lastIndexOf('.') + 1));
            return java.util.Arrays.equals(left, right);
        } catch (IllegalArgumentException e) {
            return false;
        }
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
