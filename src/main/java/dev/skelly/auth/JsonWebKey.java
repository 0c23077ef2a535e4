package dev.skelly.auth;

/**
 * A public key as a JWK (RFC 7517).
 *
 * @param kty always {@code EC}
 * @param crv always {@code P-256}
 * @param x base64url of 32 bytes
 * @param y base64url of 32 bytes
 * @param kid the key id in tokens
 * @param alg always {@code ES256}
 * @param use always {@code sig}
 */
public record JsonWebKey(String kty, String crv, String x, String y, String kid, String alg, String use) {}
