package dev.skelly.security;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/** ECDSA with P-256 and SHA-256 (RFC 7518 section 3.4) by the JDK's own provider; see decision note 0020. */
final class Es256 {

    static final String NAME = "ES256";
    static final int SIGNATURE_BYTES = 64;

    private static final String CURVE = "secp256r1";
    private static final String ALGORITHM = "SHA256withECDSAinP1363Format";
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

    static PrivateKey privateKey(byte[] pkcs8) {
        try {
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a stored signing key cannot be read", e);
        }
    }

    static Jwk jwk(String kid, ECPublicKey key) {
        var point = key.getW();
        return new Jwk("EC", "P-256", text(point.getAffineX()), text(point.getAffineY()), kid, NAME, "sig");
    }

    /** @throws IllegalArgumentException when it is no P-256 key for this algorithm */
    static PublicKey publicKey(Jwk jwk) {
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

    private static boolean isOurs(Jwk jwk) {
        return "EC".equals(jwk.kty()) && "P-256".equals(jwk.crv()) && NAME.equals(jwk.alg());
    }

    /* The JDK looks at this only when it verifies, and then nobody would learn why. */
    private static boolean on(EllipticCurve curve, ECPoint point) {
        var prime = ((ECFieldFp) curve.getField()).getP();
        var x = point.getAffineX();
        var y = point.getAffineY();
        var right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB());
        return x.compareTo(prime) < 0
                && y.compareTo(prime) < 0
                && y.pow(2).subtract(right).mod(prime).signum() == 0;
    }

    static byte[] sign(PrivateKey key, byte[] text) {
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a P-256 key signs any text", e);
        }
    }

    /** False also for a signature of another form. */
    static boolean verify(PublicKey key, byte[] text, byte[] signed) {
        if (signed.length != SIGNATURE_BYTES || zero(signed, 0) || zero(signed, COORDINATE_BYTES)) {
            return false; // Java 15 to 17.0.2 took an all-zero signature for a valid one (CVE-2022-21449).
        }
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean zero(byte[] signed, int from) {
        return Arrays.equals(signed, from, from + COORDINATE_BYTES, new byte[COORDINATE_BYTES], 0, COORDINATE_BYTES);
    }

    private static BigInteger number(String base64) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(base64));
    }

    /* RFC 7518 section 6.2.1.2: always the full 32 bytes. */
    private static String text(BigInteger coordinate) {
        var bytes = coordinate.toByteArray(); // Has a sign byte more, or fewer for a small number.
        var padded = new byte[COORDINATE_BYTES];
        var length = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(bytes, bytes.length - length, padded, COORDINATE_BYTES - length, length);
        return ENCODER.encodeToString(padded);
    }
}
