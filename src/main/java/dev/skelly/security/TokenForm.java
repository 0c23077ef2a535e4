package dev.skelly.security;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.feature.Principal;
import io.vertx.core.buffer.Buffer;
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
 * What a token must look like. Everything that it does not have to be, it must not be: a header with one field more, another algorithm or
 * another type is refused before any key is looked up.
 */
final class TokenForm {

    static final String TYPE = "at+jwt";

    private static final int TOKEN_CHARS_MAX = 4096;
    private static final int HEADER_FIELDS = 3;
    private static final int PARTS = 3;
    private static final int ROLES_MAX = 64;

    /**
     * A token taken apart, its signature not yet checked.
     *
     * @param kid the key it names
     * @param signed what the signature is over
     * @param signature 64 bytes when it is one
     */
    record Parts(String kid, Buffer signed, JsonNode claims, Buffer signature) {}

    private final JsonMapper json;
    private final String issuer;
    private final String audience;
    private final Duration leeway;

    TokenForm(JsonMapper json, SecurityConfig config) {
        this.json = json;
        this.issuer = config.issuer();
        this.audience = config.audience();
        this.leeway = config.tokenLeeway();
    }

    /** Empty when it is no token of ours by its form alone. */
    Optional<Parts> take(String token) {
        if (token.length() > TOKEN_CHARS_MAX) {
            return Optional.empty();
        }
        var parts = token.split("\\.", -1);
        if (parts.length != PARTS) {
            return Optional.empty();
        }
        try {
            return take(token, parts);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty(); // Neither base64url nor JSON: what exactly is nothing the sender needs.
        }
    }

    private Optional<Parts> take(String token, String[] parts) throws IOException {
        var header = json.readTree(text(parts[0]));
        var kid = header.path("kid");
        var ours = header.size() == HEADER_FIELDS
                && TYPE.equals(header.path("typ").textValue())
                && Es256.NAME.equals(header.path("alg").textValue())
                && kid.isTextual();
        if (!ours) {
            return Optional.empty();
        }
        var signed = Buffer.buffer(token.substring(0, token.lastIndexOf('.')));
        return Optional.of(
                new Parts(kid.textValue(), signed, json.readTree(text(parts[1])), Buffer.buffer(decode(parts[2]))));
    }

    /* As text, because the parser itself would guess UTF-16 and pass over a byte order mark. */
    private static String text(String part) {
        return new String(decode(part), StandardCharsets.UTF_8);
    }

    private static byte[] decode(String part) {
        return Base64.getUrlDecoder().decode(part);
    }

    /** Whom a token speaks of; empty when a claim is missing or not as it must be. Says nothing of its end. */
    Optional<Principal> principal(JsonNode claims, Instant now) {
        var complete = issuer.equals(claims.path("iss").textValue())
                && audience.equals(claims.path("aud").textValue())
                && claims.path("jti").isTextual()
                && claims.path("rv").isInt()
                && claims.path("rv").intValue() >= 0
                && begun(claims, now)
                && ends(claims);
        try {
            return complete ? Optional.of(principal(claims)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
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

    /* No setting makes a token that lives longer, so one that says so is none of ours, whoever signed it. */
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
