package dev.skelly.eventlog;

import dev.skelly.event.Hkdf;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encodes and decodes cursors: one AES block over (log epoch, place), base64url, 22 characters.
 *
 * <p>A cursor is the same for every reader, so that frames can be shared. It does not reveal how many events it skips. A forged cursor
 * decodes to another epoch. The block cipher alone is enough, because every plain block is different. Safe on any thread.
 */
public final class CursorCodec {

    private static final Pattern FORM =
            Pattern.compile("[A-Za-z0-9_-]{21}[AQgw]"); // 22 characters carry 132 bits; the last 4 are 0.
    private static final long WRITE_FLAG = 1L << 62; // Positions and writes stay far below.
    private static final int BLOCK_BYTES = 16;

    private final long epoch;
    private final SecretKeySpec key;
    private final ThreadLocal<Cipher> encrypting;
    private final ThreadLocal<Cipher> decrypting;

    /**
     * Creates the codec of one log.
     *
     * @param epoch of the log
     * @param key 16 bytes
     */
    public CursorCodec(long epoch, byte[] key) {
        this.epoch = epoch;
        this.key = new SecretKeySpec(key, "AES");
        this.encrypting = ThreadLocal.withInitial(() -> cipher(Cipher.ENCRYPT_MODE));
        this.decrypting = ThreadLocal.withInitial(() -> cipher(Cipher.DECRYPT_MODE));
    }

    /** Loads the log's epoch and key and creates its codec. */
    public static Future<CursorCodec> load(SqlClient sql) {
        return LogIdentity.load(sql).map(identity -> new CursorCodec(identity.epoch(), identity.cursorKey()));
    }

    /** Returns whether another codec is of the same log and the same epoch of it. */
    public boolean isOfSameLog(CursorCodec other) {
        return epoch == other.epoch && key.equals(other.key);
    }

    /**
     * Derives a key of 32 bytes from the key of the log. The epoch has no part in it.
     *
     * @param purpose what the key is for; another purpose gives another key
     */
    public byte[] derive(String purpose) {
        return Hkdf.key(key.getEncoded(), purpose);
    }

    /** Encodes the cursor after a position. */
    public String position(long position) {
        return encode(position);
    }

    /** Encodes the cursor after a write. */
    public String write(long seq) {
        return encode(seq | WRITE_FLAG);
    }

    private String encode(long place) {
        var block =
                ByteBuffer.allocate(BLOCK_BYTES).putLong(epoch).putLong(place).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(apply(encrypting, block));
    }

    /** Decodes a client's text; empty when it is not in a cursor's format. Every cursor has exactly one text. */
    public Optional<Cursor> read(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        var plain = ByteBuffer.wrap(apply(decrypting, Base64.getUrlDecoder().decode(text)));
        if (plain.getLong() != epoch) {
            return Optional.of(new Cursor.Foreign());
        }
        var place = plain.getLong();
        return Optional.of(
                (place & WRITE_FLAG) == 0 ? new Cursor.Position(place) : new Cursor.Write(place & ~WRITE_FLAG));
    }

    private byte[] apply(ThreadLocal<Cipher> cipher, byte[] block) {
        try {
            return cipher.get().doFinal(block);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES without padding takes any block", e);
        }
    }

    private Cipher cipher(int mode) {
        try {
            var cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(mode, key);
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES", e);
        }
    }
}
