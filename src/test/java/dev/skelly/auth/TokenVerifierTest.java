package dev.skelly.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.impl.ECDSA;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.skelly.event.Json;
import dev.skelly.feature.Problem;
import dev.skelly.testing.TestTokens;
import dev.skelly.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Only a token as we sign them is taken, whoever tries. */
@ExtendWith(VertxExtension.class)
final class TokenVerifierTest {

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
    void takesATokenOfAnotherLibrary() {
        // Given
        var token = TOKENS.token(ACCOUNT, "user", "admin");

        // When
        var principal = Waiting.on(verifier.verify(token));

        // Then
        assertThat(principal.account()).isEqualTo(ACCOUNT);
        assertThat(principal.roles()).isEqualTo(Set.of("user", "admin"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgeries")
    void refuses(String what, String token) {
        // When
        var refusal = (Problem) Waiting.failure(verifier.verify(token));

        // Then
        assertThat(refusal.kind()).isEqualTo(Problem.Kind.UNAUTHENTICATED);
        assertThat(refusal.code()).as(what).isEqualTo(TokenVerifier.INVALID);
    }

    static Stream<Arguments> forgeries() throws JOSEException {
        return Stream.of(texts(), signatures(), algorithms(), headers(), claimSets())
                .flatMap(each -> each);
    }

    private static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("nothing", ""),
                Arguments.of("two parts", "a.b"),
                Arguments.of("two parts of a good one", withoutSignature()),
                Arguments.of("four parts", TOKENS.token(ACCOUNT, "user") + ".x"),
                Arguments.of("a space before", " " + TOKENS.token(ACCOUNT, "user")),
                Arguments.of("a line's end after", TOKENS.token(ACCOUNT, "user") + "\n"),
                Arguments.of("a good one twice", TOKENS.token(ACCOUNT) + "," + TOKENS.token(ACCOUNT)),
                Arguments.of(
                        "base64 of the other alphabet",
                        TOKENS.token(ACCOUNT, "user").replace('_', '/').replace('-', '+') + "/"),
                Arguments.of("no base64", "ä.ö.ü"),
                Arguments.of("too long", "a".repeat(5_000)));
    }

    private static String withoutSignature() {
        var token = TOKENS.token(ACCOUNT, "user");
        return token.substring(0, token.lastIndexOf('.'));
    }

    private static Stream<Arguments> signatures() {
        var parts = TOKENS.token(ACCOUNT, "user").split("\\.", -1);
        var text = parts[0] + "." + parts[1] + ".";
        var changed = Base64.getUrlDecoder().decode(parts[2]);
        changed[10] ^= 1;
        return Stream.of(
                Arguments.of("another key under our name", signedBy(TOKENS.key().getKeyID())),
                Arguments.of("another key under its own name", signedBy("somebody-else")),
                Arguments.of("a name that is a path", signedBy("../../etc/passwd")),
                Arguments.of("a name that is SQL", signedBy("' or 1=1 --")),
                Arguments.of("no signature", text),
                Arguments.of("a changed signature", text + ENCODER.encodeToString(changed)),
                Arguments.of("an all-zero signature", text + ENCODER.encodeToString(new byte[64])),
                Arguments.of("a zero before a good half", text + half(parts[2], 0)),
                Arguments.of("a zero after a good half", text + half(parts[2], 32)),
                Arguments.of("a signature in the library's other form", text + der(parts[2])),
                Arguments.of("a signature with padding", text + parts[2] + "=="),
                Arguments.of("a signature spelled otherwise", text + respelled(parts[2])),
                Arguments.of("claims with padding", parts[0] + "." + padded(parts[1]) + "." + parts[2]),
                Arguments.of("a DER signature's length", text + ENCODER.encodeToString(new byte[71])),
                Arguments.of("other claims", parts[0] + "." + text("{\"sub\":\"" + ACCOUNT + "\"}") + "." + parts[2]));
    }

    /* The half from one place on, the other one zero. */
    private static String half(String signature, int from) {
        var bytes = new byte[64];
        System.arraycopy(Base64.getUrlDecoder().decode(signature), from, bytes, from, 32);
        return ENCODER.encodeToString(bytes);
    }

    private static String der(String signature) {
        try {
            return ENCODER.encodeToString(
                    ECDSA.transcodeSignatureToDER(Base64.getUrlDecoder().decode(signature)));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /* The last of 86 characters has four bits that mean nothing. */
    private static String respelled(String signature) {
        var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var last = alphabet.indexOf(signature.charAt(signature.length() - 1));
        return signature.substring(0, signature.length() - 1) + alphabet.charAt(last ^ 1);
    }

    private static String padded(String part) {
        return part + "=".repeat((4 - part.length() % 4) % 4) + (part.length() % 4 == 0 ? "=" : "");
    }

    private static Stream<Arguments> algorithms() throws JOSEException {
        var good = TestTokens.claims(ACCOUNT, "user").build();
        var parts = TOKENS.token(ACCOUNT, "user").split("\\.", -1);
        return Stream.of(
                Arguments.of("alg none", new PlainJWT(good).serialize()),
                Arguments.of("alg none with type and name", headed("none") + "." + parts[1] + "."),
                Arguments.of("alg None", headed("None") + "." + parts[1] + "."),
                Arguments.of("alg NONE", headed("NONE") + "." + parts[1] + "."),
                Arguments.of("alg es256", headed("es256") + "." + parts[1] + "." + parts[2]),
                Arguments.of("HS256 with the public key", hmac(good)));
    }

    private static Stream<Arguments> headers() {
        return Stream.of(
                Arguments.of("another type", headed(TOKENS.header().type(JOSEObjectType.JOSE))),
                Arguments.of("the former type", headed(TOKENS.header().type(new JOSEObjectType("at+jwt")))),
                Arguments.of("no type", headed(TOKENS.header().type(null))),
                Arguments.of("no key name", headed(TOKENS.header().keyID(null))),
                Arguments.of(
                        "its own key", headed(TOKENS.header().jwk(TOKENS.key().toPublicJWK()))),
                Arguments.of("a key to fetch", headed(TOKENS.header().jwkURL(URI.create("http://127.0.0.1:1/")))),
                Arguments.of(
                        "critical extensions",
                        headed(TOKENS.header().customParam("x", 1).criticalParams(Set.of("x")))));
    }

    private static Stream<Arguments> claimSets() {
        return Stream.of(
                Arguments.of("another issuer", signed(claims().issuer("somebody"))),
                Arguments.of("no issuer", signed(claims().issuer(null))),
                Arguments.of("another audience", signed(claims().audience("somebody"))),
                Arguments.of("two audiences", signed(claims().audience(List.of("skelly", "somebody")))),
                Arguments.of("no end", signed(claims().expirationTime(null))),
                Arguments.of("an end that is a text", signed(claims().claim("exp", "9999999999"))),
                Arguments.of("no beginning", signed(claims().issueTime(null))),
                Arguments.of("issued tomorrow", signed(claims().issueTime(in(Duration.ofDays(1))))),
                Arguments.of("not before tomorrow", signed(claims().notBeforeTime(in(Duration.ofDays(1))))),
                Arguments.of("no use", signed(claims().claim("token_use", null))),
                Arguments.of("another use", signed(claims().claim("token_use", "refresh"))),
                Arguments.of("a use that is a list", signed(claims().claim("token_use", List.of("access")))),
                Arguments.of("no account", signed(claims().subject(null))),
                Arguments.of("an account that is none", signed(claims().subject("admin"))),
                Arguments.of("no session", signed(claims().claim("sid", null))),
                Arguments.of("no version of rights", signed(claims().claim("rv", null))),
                Arguments.of("a version of rights that is a text", signed(claims().claim("rv", "0"))),
                Arguments.of("a version of rights below the first", signed(claims().claim("rv", -1))),
                Arguments.of("no token id", signed(claims().jwtID(null))),
                Arguments.of("roles that are no list", signed(claims().claim("roles", "admin"))),
                Arguments.of("roles that are numbers", signed(claims().claim("roles", List.of(1)))),
                Arguments.of(
                        "too many roles",
                        signed(claims().claim(
                                        "roles",
                                        IntStream.range(0, 65)
                                                .mapToObj(n -> "r" + n)
                                                .toList()))),
                Arguments.of("a refresh token's use", signed(claims().audience("refresh"))),
                Arguments.of(
                        "our audience in a list of one", signed(claims().claim("aud", List.of(List.of("skelly"))))));
    }

    @Test
    void tellsAnExpiredTokenFromAForgedOne() {
        // Given
        var token = signed(claims().expirationTime(in(Duration.ofMinutes(-5))));

        // When
        var refusal = (Problem) Waiting.failure(verifier.verify(token));

        // Then
        assertThat(refusal.code()).isEqualTo(TokenVerifier.EXPIRED);
    }

    @Test
    void allowsForClocksThatDifferAFewSeconds() {
        // Given
        var token = signed(claims().expirationTime(in(Duration.ofSeconds(-10))).issueTime(in(Duration.ofSeconds(10))));

        // When
        var principal = Waiting.on(verifier.verify(token));

        // Then
        assertThat(principal.account()).isEqualTo(ACCOUNT);
    }

    @Test
    void asksForUnknownKeysOnceInAWhileHoweverManyTokensNameThem() {
        // Given
        var before = TOKENS.asked();

        // When
        var refused = IntStream.range(0, 50)
                .mapToObj(count -> verifier.verify(signedBy("unknown-" + count)))
                .map(Waiting::failure)
                .toList();

        // Then
        assertThat(refused).hasSize(50).allMatch(failure -> failure instanceof Problem);
        assertThat(TOKENS.asked() - before).isEqualTo(1);
    }

    private static JWTClaimsSet.Builder claims() {
        return TestTokens.claims(ACCOUNT, "user");
    }

    private static String signed(JWTClaimsSet.Builder claims) {
        return TestTokens.sign(TOKENS.header().build(), claims.build(), TOKENS.key());
    }

    private static String signedBy(String name) {
        return TestTokens.sign(TOKENS.header().keyID(name).build(), claims().build(), TestTokens.newKey());
    }

    private static String hmac(JWTClaimsSet claims) throws JOSEException {
        var secret = Arrays.copyOf(TOKENS.key().toECPublicKey().getEncoded(), 64);
        var header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(JOSEObjectType.JWT)
                .keyID(TOKENS.key().getKeyID())
                .build();
        var token = new SignedJWT(header, claims);
        token.sign(new MACSigner(secret));
        return token.serialize();
    }

    private static String headed(JWSHeader.Builder header) {
        return TestTokens.sign(header.build(), claims().build(), TOKENS.key());
    }

    private static String headed(String algorithm) {
        return text("{\"typ\":\"JWT\",\"alg\":\"" + algorithm + "\",\"kid\":\""
                + TOKENS.key().getKeyID() + "\"}");
    }

    private static String text(String json) {
        return ENCODER.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Date in(Duration time) {
        return Date.from(Instant.now().plus(time));
    }
}
