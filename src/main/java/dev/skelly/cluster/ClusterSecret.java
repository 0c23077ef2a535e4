package dev.skelly.cluster;

import dev.skelly.event.Hmac;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The secret of a cluster, or two while it is changed, and what is made from it. The secret itself never leaves the process. */
public final class ClusterSecret {

    /** Attribute of a member that proves that it has the secret. */
    static final String ATTRIBUTE = "skelly.proof";

    private static final int LENGTH_MIN = 32;
    private static final int SECRETS_MAX = 2;

    private final List<byte[]> secrets;
    private final String cluster;

    ClusterSecret(String secrets, String cluster) {
        check(secrets);
        this.secrets = split(secrets).stream()
                .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                .toList();
        this.cluster = cluster;
    }

    /** Throws for a secret that is missing or short, and for more than two. */
    static void check(String secrets) {
        var all = split(secrets);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("cluster.secret: none (expected: at least " + LENGTH_MIN
                    + " characters, the same on all nodes, e.g. the output of openssl rand -base64 32)");
        }
        if (all.size() > SECRETS_MAX || all.stream().anyMatch(secret -> secret.length() < LENGTH_MIN)) {
            throw new IllegalArgumentException("cluster.secret: not shown (expected: at least " + LENGTH_MIN
                    + " characters, or two such secrets with a comma)");
        }
    }

    private static List<String> split(String secrets) {
        return Stream.of(secrets.split(",", -1))
                .map(String::strip)
                .filter(secret -> !secret.isEmpty())
                .toList();
    }

    /** Returns a key of 32 bytes of each secret for the messages of the bus; the present secret is first. */
    public List<byte[]> busKeys() {
        return secrets.stream().map(secret -> mac(secret, "bus", cluster)).toList();
    }

    /** Returns the proof of a member at an address. */
    String proof(InetAddress address, int port) {
        return proof(secrets.get(0), address, port);
    }

    /** Whether the attributes of the member at an address prove that it has a secret. */
    boolean proves(Map<String, String> attributes, InetAddress address, int port) {
        var claimed = attributes.getOrDefault(ATTRIBUTE, "").getBytes(StandardCharsets.US_ASCII);
        return secrets.stream()
                .map(secret -> proof(secret, address, port).getBytes(StandardCharsets.US_ASCII))
                .anyMatch(proof -> MessageDigest.isEqual(proof, claimed));
    }

    private String proof(byte[] secret, InetAddress address, int port) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(mac(secret, "member", cluster + "\n" + address.getHostAddress() + ":" + port));
    }

    private static byte[] mac(byte[] secret, String purpose, String of) {
        var mac = Hmac.with(secret);
        mac.update(("skelly cluster " + purpose + "\n").getBytes(StandardCharsets.UTF_8));
        return mac.doFinal(of.getBytes(StandardCharsets.UTF_8));
    }
}
