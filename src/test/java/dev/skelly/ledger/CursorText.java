package dev.skelly.ledger;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.OptionalLong;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** Reads the cursors that clients saw, with the key from the books: one AES block over (epoch of the log, position). */
final class CursorText {

    private final long epoch;
    private final SecretKeySpec key;

    CursorText(Books books) {
        this.epoch = books.logEpoch();
        this.key = books.cursorKey();
    }

    /** The position; 0 for {@code earliest}; empty for a cursor that is not one of this log's positions. */
    OptionalLong position(String cursor) {
        if (cursor.equals("earliest")) {
            return OptionalLong.of(0);
        }
        try {
            var cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, key);
            var block = ByteBuffer.wrap(cipher.doFinal(Base64.getUrlDecoder().decode(cursor)));
            if (block.getLong() != epoch) {
                return OptionalLong.empty();
            }
            return OptionalLong.of(block.getLong());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return OptionalLong.empty();
        }
    }

    /** The cursor of a position, as the program writes it; for histories made up by tests. */
    String of(long position) {
        try {
            var cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key);
            var block = ByteBuffer.allocate(16).putLong(epoch).putLong(position).array();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(cipher.doFinal(block));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
