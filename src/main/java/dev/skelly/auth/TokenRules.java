package dev.skelly.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.feature.Principal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Checks a token strictly before the library verifies its signature: every part must be as {@link TokenIssuer} writes it.
 *
 * <p>The library takes the algorithm from the header, so the header must have exactly three fields with exactly our values. The library writes
 * the same type into every header, so the claim {@code token_use} marks access tokens.
 */
final class TokenRules {

    static final String USE = "token_use";
    static final String ACCESS = "access";

    private static final Set<String> CLAIMS =
            Set.of("iss", "aud", USE, "sub", "sid", "roles", "rv", "iat", "nbf", "exp", "jti");
    private static final String TYPE = "JWT";
    private static final String FORMER_TYPE = "at+jwt"; // Written before decision note 0332, and without the claim.
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final int TOKEN_CHARS_MAX = 4096;
    private static final int HEADER_FIELDS = 3;
    private static final int PARTS = 3;
    private static final int ROLES_MAX = 64;

    /**
     * The content of a token whose signature is not yet verified.
     *
     * @param kid the id of its key
     */
    record Unverified(String kid, Principal principal) {}

    private final JsonMapper json;
    private final String issuer;
    private final String audience;
    private final Duration leeway;

    TokenRules(JsonMapper json, SecurityConfig config) {
        this.json = json;
        this.issuer = config.issuer();
        this.audience = config.audience();
        this.leeway = config.tokenLeeway();
    }

    /** Parses a token; empty when its form or its claims are not ours. Does not check its expiry. */
    Optional<Unverified> read(String token, Instant now) {
        if (token.length() > TOKEN_CHARS_MAX) {
            return Optional.empty();
        }
        var parts = token.split("\\.", -1);
        if (parts.length != PARTS) {
            return Optional.empty();
        }
        try {
            return read(parts, now);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty(); // The sender gets no details.
        }
    }

    private Optional<Unverified> read(String[] parts, Instant now) throws IOException {
        var header = json.readTree(text(parts[0]));
        var claims = json.readTree(text(parts[1]));
        var kid = header.path("kid");
        var ours = header.size() == HEADER_FIELDS
                && Es256.NAME.equals(header.path("alg").textValue())
                && kid.isTextual()
                && CLAIMS.containsAll(names(claims))
                && isAccessToken(header, claims)
                && isComplete(claims, now)
                && Es256.isSignature(decode(parts[2]));
        return ours ? Optional.of(new Unverified(kid.textValue(), principal(claims))) : Optional.empty();
    }

    /* The library that verifies the signature parses all names of the token before, into a table that all tokens share. */
    private static Set<String> names(JsonNode claims) {
        var names = new HashSet<String>();
        claims.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static boolean isAccessToken(JsonNode header, JsonNode claims) {
        var use = claims.path(USE);
        return switch (header.path("typ").asText()) {
            case TYPE -> ACCESS.equals(use.textValue());
            case FORMER_TYPE -> use.isMissingNode();
            default -> false;
        };
    }

    /* As text, because the parser would detect UTF-16 and skip a byte order mark. */
    private static String text(String part) {
        return new String(decode(part), StandardCharsets.UTF_8);
    }

    private static byte[] decode(String part) {
        var bytes = Base64.getUrlDecoder().decode(part);
        if (!ENCODER.encodeToString(bytes).equals(part)) {
            throw new IllegalArgumentException("part of a token (expected: base64url without padding or spare bits)");
        }
        return bytes;
    }

    private boolean isComplete(JsonNode claims, Instant now) {
        return issuer.equals(claims.path("iss").textValue())
                && audience.equals(claims.path("aud").textValue())
                && claims.path("jti").isTextual()
                && claims.path("rv").isInt()
                && claims.path("rv").intValue() >= 0
                && begun(claims, now)
                && ends(claims);
    }

    private boolean begun(JsonNode claims, Instant now) {
        var latest = now.plus(leeway).getEpochSecond();
        var issued = claims.path("iat");
        var notBefore = claims.path("nbf");
        return issued.canConvertToLong()
                && issued.longValue() >= 0
                && issued.longValue() <= latest
                && (notBefore.isMissingNode() || (notBefore.canConvertToLong() && notBefore.longValue() <= latest));
    }

    /* No setting allows a longer lifetime, so such a token is not ours, regardless of its signature. */
    private static boolean ends(JsonNode claims) {
        var end = claims.path("exp");
        var issued = claims.path("iat").longValue();
        return end.isIntegralNumber()
                && end.canConvertToLong()
                && end.longValue() >= 0
                && end.longValue() - issued <= SecurityConfig.TOKEN_LIFE_MAX.toSeconds();
    }

    private static Principal principal(JsonNode claims) {
        return new Principal(
                UUID.fromString(claims.path("sub").asText()),
                UUID.fromString(claims.path("sid").asText()),
                roles(claims.path("roles")),
                claims.path("rv").intValue(),
                Instant.ofEpochSecond(claims.path("exp").longValue()));
    }

    private static Set<String> roles(JsonNode claim) {
        if (!claim.isArray() || claim.size() > ROLES_MAX) {
            throw new IllegalArgumentException("roles (expected: a list)");
        }
        var roles = new HashSet<String>();
        for (var role : claim) {
            if (!role.isTextual()) {
                throw new IllegalArgumentException("roles (expected: texts)");
            }
            roles.add(role.textValue());
        }
        return roles;
    }
}
