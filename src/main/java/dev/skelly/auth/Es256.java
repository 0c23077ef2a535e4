package dev.skelly.auth;

import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.util.Arrays;
import java.util.Base64;

/**
 * Creates keys for ECDSA with P-256 and SHA-256 (RFC 7518 section 3.4), and the {@link JWTAuth} that signs or verifies with one; see decision
 * note 0332.
 */
final class Es256 {

    static final String NAME = "ES256";
    private static final int SIGNATURE_BYTES = 64;

    private static final String CURVE = "secp256r1";
    private static final int COORDINATE_BYTES = 32;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private Es256() {}

    static KeyPair newKey() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(CURVE));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has P-256", e);
        }
    }

    /**
     * Returns a signer with one key.
     *
     * @throws IllegalArgumentException when the key cannot be read
     */
    static JWTAuth signer(String kid, byte[] pkcs8) {
        try {
            return library(kid, "PRIVATE KEY", pkcs8);
        } catch (RuntimeException e) { // The library wraps every error of a key.
            throw new IllegalArgumentException("the stored signing key " + kid + " cannot be read", e);
        }
    }

    /**
     * Returns a verifier of signatures with one key. It checks nothing else: times are compared with our clock before.
     *
     * @throws IllegalArgumentException when it is not a P-256 key for this algorithm
     */
    static JWTAuth verifier(JsonWebKey jwk) {
        return library(jwk.kid(), "PUBLIC KEY", publicKey(jwk).getEncoded());
    }

    /* As PEM: the library only logs a JWK that it cannot read, and without a key it accepts unsigned tokens. */
    private static JWTAuth library(String kid, String kind, byte[] key) {
        var pem = "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                .formatted(kind, Base64.getEncoder().encodeToString(key));
        var options = new JWTAuthOptions()
                .addPubSecKey(
                        new PubSecKeyOptions().setId(kid).setAlgorithm(NAME).setBuffer(pem))
                .setJWTOptions(new JWTOptions().setAlgorithm(NAME).setIgnoreExpiration(true));
        return JWTAuth.create(null, options); // A Vert.x is needed for key store files only.
    }

    static JsonWebKey jwk(String kid, ECPublicKey key) {
        var point = key.getW();
        return new JsonWebKey("EC", "P-256", text(point.getAffineX()), text(point.getAffineY()), kid, NAME, "sig");
    }

    private static PublicKey publicKey(JsonWebKey jwk) {
        try {
            var parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(CURVE));
            var curve = parameters.getParameterSpec(ECParameterSpec.class);
            var point = new ECPoint(number(jwk.x()), number(jwk.y()));
            if (!isOurs(jwk) || !on(curve.getCurve(), point)) {
                throw new IllegalArgumentException(
                        "public key " + jwk.kid() + " (expected: a point of P-256 for ES256)");
            }
            return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, curve));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("public key " + jwk.kid() + " cannot be read", e);
        }
    }

    private static boolean isOurs(JsonWebKey jwk) {
        return "EC".equals(jwk.kty()) && "P-256".equals(jwk.crv()) && NAME.equals(jwk.alg());
    }

    /* The JDK checks this only when it verifies, and then does not report the reason. */
    private static boolean on(EllipticCurve curve, ECPoint point) {
        var prime = ((ECFieldFp) curve.getField()).getP();
        var x = point.getAffineX();
        var y = point.getAffineY();
        var right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB());
        return x.compareTo(prime) < 0
                && y.compareTo(prime) < 0
                && y.pow(2).subtract(right).mod(prime).signum() == 0;
    }

    /** Tells whether a signature may be passed to the library: two numbers of 32 bytes, neither zero. */
    static boolean isSignature(byte[] bytes) {
        // Java 15 to 17.0.2 accepted an all-zero signature (CVE-2022-21449).
        return bytes.length == SIGNATURE_BYTES && !zero(bytes, 0) && !zero(bytes, COORDINATE_BYTES);
    }

    private static boolean zero(byte[] signed, int from) {
        return Arrays.equals(signed, from, from + COORDINATE_BYTES, new byte[COORDINATE_BYTES], 0, COORDINATE_BYTES);
    }

    private static BigInteger number(String base64) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(base64));
    }

    /* RFC 7518 section 6.2.1.2: always the full 32 bytes. */
    private static String text(BigInteger coordinate) {
        var bytes = coordinate.toByteArray(); // Has an additional sign byte, or fewer bytes for a small number.
        var padded = new byte[COORDINATE_BYTES];
        var length = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(bytes, bytes.length - length, padded, COORDINATE_BYTES - length, length);
        return ENCODER.encodeToString(padded);
    }
}
