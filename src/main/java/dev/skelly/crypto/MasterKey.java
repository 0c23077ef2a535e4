package dev.skelly.crypto;

import dev.skelly.event.Sha256;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Encrypts the keys in the database, each with its context. One key encrypts; earlier ones still decrypt until a rotation has encrypted all
 * keys anew.
 */
public final class MasterKey {

    /** Marks, in place of a master key's name, unencrypted keys. */
    public static final String NONE = "";

    private static final int NAME_BYTES = 8;

    private record NamedKey(String name, AesGcm key) {}

    private final List<NamedKey> keys;

    private MasterKey(List<NamedKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * Reads the setting {@code security.master-key}.
     *
     * @param texts base64 texts with commas between them; empty where no key is set
     * @return empty for an empty text
     */
    public static Optional<MasterKey> configured(String texts) {
        return texts.isEmpty() ? Optional.empty() : Optional.of(of(texts));
    }

    /** Whether every text between commas is base64 of 32 bytes. */
    public static boolean wellFormed(String texts) {
        return Arrays.stream(texts.split(",", -1)).allMatch(MasterKey::isKey);
    }

    private static boolean isKey(String base64) {
        try {
            return Base64.getDecoder().decode(base64.strip()).length == AesGcm.KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Parses comma-separated base64 texts: the key that encrypts, then earlier ones. */
    static MasterKey of(String texts) {
        return new MasterKey(Arrays.stream(texts.split(","))
                .map(text -> Base64.getDecoder().decode(text.strip()))
                .map(key -> new NamedKey(name(key), new AesGcm(key)))
                .toList());
    }

    /* Returns a name that identifies the key and reveals nothing of it. */
    private static String name(byte[] key) {
        var sha256 = Sha256.begin();
        sha256.update("skelly master key".getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(sha256.digest(key), 0, NAME_BYTES);
    }

    /** Returns the name of the key that encrypts. */
    public String name() {
        return keys.get(0).name();
    }

    /**
     * Derives a key of 32 bytes from each master key, the current one first.
     *
     * @param purpose what the keys are for; another purpose gives other keys
     */
    public List<byte[]> derive(String purpose) {
        return keys.stream().map(named -> named.key().derive(purpose)).toList();
    }

    /** Encrypts with the current key. */
    public Buffer seal(Buffer plain, String belongsTo) {
        return Buffer.buffer(keys.get(0).key().seal(plain.getBytes(), belongsTo));
    }

    /**
     * Decrypts with any of the keys.
     *
     * @throws IllegalArgumentException when another key encrypted it, or it was changed
     */
    public Buffer open(Buffer sealed, String belongsTo) {
        return keys.stream()
                .flatMap(named -> opened(named, sealed, belongsTo).stream())
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "security.master-key: not shown (expected: the key that encrypted this, or that one after it)"));
    }

    /* Returns empty when another key encrypted it. */
    private static Optional<Buffer> opened(NamedKey named, Buffer sealed, String belongsTo) {
        try {
            return Optional.of(Buffer.buffer(named.key().open(sealed.getBytes(), belongsTo)));
        } catch (IllegalArgumentException other) {
            return Optional.empty();
        }
    }
}
