package dev.skelly.eventlog;

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
 * Writes and reads cursors: one AES block over (log epoch, place), base64url, 22 characters.
 *
 * <p>The same for every reader, so that frames can be shared; tells nothing of how many events it passes over; a made-up one decodes to
 * another epoch. The block cipher alone is enough, because every plain block is different. Safe on any thread.
 */
public final class CursorCodec {

    private static final Pattern FORM =
            Pattern.compile("[A-Za-z0-9_-]{21}[AQgw]"); // 22 carry 132 bits, the last 4 are 0.
    private static final long WRITE_FLAG = 1L << 62; // Positions and writes stay far below.
    private static final int BLOCK_BYTES = 16;

    private final long epoch;
    private final SecretKeySpec key;
    private final ThreadLocal<Cipher> encrypting;
    private final ThreadLocal<Cipher> decrypting;

    /**
     * Cursors of one log.
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

    /** Reads the log's epoch and key. */
    public static Future<CursorCodec> load(SqlClient sql) {
        return LogIdentity.load(sql).map(identity -> new CursorCodec(identity.epoch(), identity.cursorKey()));
    }

    /** The cursor after a stamped position. */
    public String position(long position) {
        return encode(position);
    }

    /** The cursor after a write. */
    public String write(long seq) {
        return encode(seq | WRITE_FLAG);
    }

    private String encode(long place) {
        var block =
                ByteBuffer.allocate(BLOCK_BYTES).putLong(epoch).putLong(place).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(apply(encrypting, block));
    }

    /** What a client's text says; empty when it does not even have a cursor's form. No two texts say the same. */
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
