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
 * Seals the keys that lie in the database, each with what it belongs to. One key seals; former ones still open what they sealed, until a
 * rotation has sealed it anew.
 */
public final class MasterKey {

    /** Stands where the name of a master key would, for what lies unsealed because none is set. */
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

    /** Of base64 texts with commas between them: the one that seals, then former ones. */
    static MasterKey of(String texts) {
        return new MasterKey(Arrays.stream(texts.split(","))
                .map(text -> Base64.getDecoder().decode(text.strip()))
                .map(key -> new NamedKey(name(key), new AesGcm(key)))
                .toList());
    }

    /* Says which key it was, and nothing of the key. */
    private static String name(byte[] key) {
        var sha256 = Sha256.begin();
        sha256.update("skelly master key".getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(sha256.digest(key), 0, NAME_BYTES);
    }

    /** Names the key that seals, without saying anything of it. */
    public String name() {
        return keys.get(0).name();
    }

    /** Seals under the present key. */
    public Buffer seal(Buffer plain, String belongsTo) {
        return Buffer.buffer(keys.get(0).key().seal(plain.getBytes(), belongsTo));
    }

    /**
     * Opens what any of the keys sealed.
     *
     * @throws IllegalArgumentException when it was sealed under another key, or was changed
     */
    public Buffer open(Buffer sealed, String belongsTo) {
        return keys.stream()
                .flatMap(named -> opened(named, sealed, belongsTo).stream())
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "security.master-key: not shown (expected: the key under which this was sealed, or that one after it)"));
    }

    /* Empty for what another key sealed. */
    private static Optional<Buffer> opened(NamedKey named, Buffer sealed, String belongsTo) {
        try {
            return Optional.of(Buffer.buffer(named.key().open(sealed.getBytes(), belongsTo)));
        } catch (IllegalArgumentException other) {
            return Optional.empty();
        }
    }
}
