package dev.skelly.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.skelly.auth.Authorization;
import dev.skelly.auth.FindPublicKeys;
import dev.skelly.auth.JsonWebKey;
import dev.skelly.auth.JsonWebKeySet;
import dev.skelly.auth.ReadRights;
import dev.skelly.auth.RightsConfig;
import dev.skelly.auth.RightsDelta;
import dev.skelly.auth.RightsSource;
import dev.skelly.auth.SecurityConfig;
import dev.skelly.event.CommandContext;
import dev.skelly.feature.Command;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.CommandResult;
import dev.skelly.feature.Query;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tokens signed by another library, with a key of their own, and the query side that shows its public half: enough to run what verifies
 * tokens without a database.
 */
public final class TestTokens implements CommandBus {

    private final ECKey key;
    private final AtomicInteger asked = new AtomicInteger();

    /** A new key. */
    public TestTokens() {
        this.key = newKey();
    }

    /** Another key, for forgeries. */
    public static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The key that is known. */
    public ECKey key() {
        return key;
    }

    /** How often somebody asked for the keys. */
    public int asked() {
        return asked.get();
    }

    /** A token as the product makes them, for an account with these roles. */
    public String token(UUID account, String... roles) {
        return sign(header().build(), claims(account, roles).build(), key);
    }

    /** A token as the product made them before the claim {@code token_use}: an access token by the type in its header. */
    public String formerToken(UUID account, String... roles) {
        var header = header().type(new JOSEObjectType("at+jwt")).build();
        return sign(header, claims(account, roles).claim("token_use", null).build(), key);
    }

    /** The header of a good token. */
    public JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(JOSEObjectType.JWT)
                .keyID(key.getKeyID());
    }

    /** The claims of a good token. */
    public static JWTClaimsSet.Builder claims(UUID account, String... roles) {
        var now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(SecurityConfig.DEFAULT.issuer())
                .audience(SecurityConfig.DEFAULT.audience())
                .subject(account.toString())
                .claim("token_use", "access")
                .claim("sid", UUID.randomUUID().toString())
                .claim("roles", List.of(roles))
                .claim("rv", 0)
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofMinutes(10))));
    }

    /** What a node knows of rights where nobody ever loses one; to be deployed. */
    public Authorization rights() {
        return new Authorization(RightsSource.through(this), RightsConfig.DEFAULT);
    }

    /** Signs whatever it is given. */
    public static String sign(JWSHeader header, JWTClaimsSet claims, ECKey key) {
        try {
            var token = new SignedJWT(header, claims);
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public <R> Future<CommandResult<R>> send(Command<R> command, CommandContext cause) {
        return Future.failedFuture(new UnsupportedOperationException("only the public keys are here"));
    }

    @Override
    @SuppressWarnings("unchecked") // a query for the keys is answered by keys, one for lost rights by none
    public <R> Future<R> query(Query<R> query) {
        if (query instanceof ReadRights) {
            return Future.succeededFuture((R) new RightsDelta("1", List.of(), List.of()));
        }
        if (!(query instanceof FindPublicKeys)) {
            return Future.failedFuture(new UnsupportedOperationException("only the public keys are here"));
        }
        asked.incrementAndGet();
        var jwk = new JsonWebKey(
                "EC", "P-256", key.getX().toString(), key.getY().toString(), key.getKeyID(), "ES256", "sig");
        return Future.succeededFuture((R) new JsonWebKeySet(List.of(jwk)));
    }
}
