package dev.skelly.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.skelly.event.Json;
import dev.skelly.feature.Problem;
import dev.skelly.testing.TestTokens;
import dev.skelly.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** D-05: tokens that the right key signed, and that say what we never say; not even a key that leaked makes them good. */
@ExtendWith(VertxExtension.class)
final class SignedForgeriesTest {

    private static final UUID ACCOUNT = UUID.randomUUID();
    private static final TestTokens TOKENS = new TestTokens();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final Authorization rights = TOKENS.rights();
    private final TokenVerifier verifier =
            new TokenVerifier(TOKENS, rights, SecurityConfig.DEFAULT, Json.mapper(), Clock.systemUTC());

    @BeforeEach
    void start(Vertx vertx) {
        Waiting.on(vertx.deployVerticle(verifier).compose(deployed -> vertx.deployVerticle(rights)));
    }

    @Test
    void takesWhatTheTableIsMadeOf() {
        // When
        var principal =
                Waiting.on(verifier.verify(raw(goodHeader(), claims().build().toString())));

        // Then
        assertThat(principal.account()).isEqualTo(ACCOUNT);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"rawHeaders", "ends", "rawClaims"})
    void refuses(String what, String token) {
        // When
        var refusal = (Problem) Waiting.failure(verifier.verify(token));

        // Then
        assertThat(refusal.kind()).isEqualTo(Problem.Kind.UNAUTHENTICATED);
        assertThat(refusal.code()).as(what).isEqualTo(TokenVerifier.INVALID);
    }

    static Stream<Arguments> rawHeaders() {
        var kid = "\"kid\":\"" + TOKENS.key().getKeyID() + "\"";
        var usual = "\"typ\":\"JWT\",\"alg\":\"ES256\"," + kid;
        var good = claims().build().toString();
        return Stream.of(
                        "{" + usual + ",\"x5c\":[\"MIIB\"]}",
                        "{" + usual + ",\"x5u\":\"http://127.0.0.1:1/\"}",
                        "{" + usual + ",\"jku\":\"file:///etc/passwd\"}",
                        "{" + usual + ",\"b64\":false}",
                        "{" + usual + ",\"cty\":\"JWT\"}",
                        "{" + usual + ",\"zip\":\"DEF\"}",
                        "{" + usual + ",\"alg\":\"none\"}",
                        "[{" + usual + "}]",
                        "\ufeff{" + usual + "}",
                        "{\"typ\":\"JWT\",\"alg\":\"ES384\"," + kid + "}",
                        "{\"typ\":\"JWT\",\"alg\":\"ES256K\"," + kid + "}",
                        "{\"typ\":\"JWT\",\"alg\":\"RS256\"," + kid + "}",
                        "{\"typ\":\"JWT\",\"alg\":\"EdDSA\"," + kid + "}",
                        "{\"typ\":\"JWT\",\"alg\":\"ES256 \"," + kid + "}",
                        "{\"typ\":\"JWT\",\"alg\":\"\u0415S256\"," + kid + "}", // A Cyrillic letter.
                        "{\"typ\":\"JWT\",\"alg\":[\"ES256\"]," + kid + "}",
                        "{\"typ\":\"jwt\",\"alg\":\"ES256\"," + kid + "}",
                        "{\"typ\":\"AT+JWT\",\"alg\":\"ES256\"," + kid + "}",
                        "{\"typ\":[\"JWT\"],\"alg\":\"ES256\"," + kid + "}",
                        "{\"typ\":\"application/at+jwt\",\"alg\":\"ES256\"," + kid + "}",
                        "{\"typ\":\"application/jwt\",\"alg\":\"ES256\"," + kid + "}",
                        "{\"typ\":\"JWT\",\"alg\":\"ES256\",\"kid\":\""
                                + TOKENS.key().getKeyID() + "\\u0000\"}",
                        "{\"typ\":\"JWT\",\"alg\":\"ES256\",\"kid\":\"\ud83d\udca1\"}",
                        "{\"typ\":\"JWT\",\"alg\":\"ES256\",\"kid\":7}")
                .map(header -> Arguments.of("header " + header, raw(header, good)));
    }

    static Stream<Arguments> ends() {
        return Stream.of(
                        "9007199254740992",
                        "9223372036854775807",
                        "-9223372036854775808",
                        "9223372036854775808",
                        "-1",
                        "1e30",
                        "1e999999",
                        Instant.now().plusSeconds(60).getEpochSecond() + ".5",
                        "true",
                        "null",
                        "[1]",
                        "{}",
                        Long.toString(Instant.now().plus(Duration.ofDays(2)).getEpochSecond()))
                .map(end -> Arguments.of("an end of " + end, raw(goodHeader(), withEnd(end))));
    }

    private static String withEnd(String end) {
        var good = claims().expirationTime(null).build().toString();
        return good.substring(0, good.length() - 1) + ",\"exp\":" + end + "}";
    }

    static Stream<Arguments> rawClaims() {
        var good = claims().build().toString();
        var open = good.substring(0, good.length() - 1);
        return Stream.of(
                        "",
                        "null",
                        "[]",
                        "\"" + TOKENS.token(ACCOUNT, "admin") + "\"",
                        TOKENS.token(ACCOUNT, "admin"),
                        "[".repeat(1_000),
                        good + good,
                        open + ",\"token_use\":\"access\"}",
                        open + ",\"sub\":\"" + UUID.randomUUID() + "\"}",
                        open + ",\"x\":\"" + "\ud83d\udca1".repeat(2_000) + "\"}",
                        open + ",\"x\":1}",
                        open + ",\"x\":1e999999999999}",
                        open + ",\"x\":" + "[".repeat(200) + "]".repeat(200) + "}")
                .map(text -> Arguments.of(
                        "claims " + text.substring(0, Math.min(40, text.length())), raw(goodHeader(), text)));
    }

    private static String goodHeader() {
        return TOKENS.header().build().toString();
    }

    /* Whatever it says, signed with our key. */
    private static String raw(String header, String claims) {
        try {
            var signed = text(header) + "." + text(claims);
            var signature = new ECDSASigner(TOKENS.key())
                    .sign(TOKENS.header().build(), signed.getBytes(StandardCharsets.UTF_8));
            return signed + "." + signature;
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWTClaimsSet.Builder claims() {
        return TestTokens.claims(ACCOUNT, "user");
    }

    private static String text(String json) {
        return ENCODER.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
