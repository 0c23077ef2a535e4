package dev.skelly.eventlog;

import dev.skelly.event.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Reads one event in PostgreSQL's binary format and computes its link without the database's help. One thread reuses it for row after row.
 */
final class HashChainRow {

    /** The columns in the order in which this class expects them: first those that the link covers unchanged, then the rest. */
    static final String COLUMNS =
            "seq, position, id, type, type_version, source, subject, subject_version, actor, correlation, causation, time,"
                    + " channels, traceparent, data::text, sealed, digest, hash";

    static final int HASH_BYTES = 32;

    private static final int COVERED = 14;
    private static final int FIELDS = 18;
    private static final int POSITION = 1;
    private static final int TYPE = 3;
    private static final int TIME = 11;
    private static final int DATA = 14;
    private static final int SEALED = 15;
    private static final int DIGEST = 16;
    private static final int HASH = 17;

    /* The type numbers of int8, uuid, text, int4, timestamptz, text[] and bytea, the same in every PostgreSQL. */
    private static final int[] TYPES = {
        20, 20, 2950, 25, 23, 25, 25, 20, 2950, 2950, 2950, 1184, 1009, 25, 25, 17, 17, 17
    };

    private static final byte[][] TYPE_BYTES =
            Arrays.stream(TYPES).mapToObj(HashChainRow::bytes).toArray(byte[][]::new);
    private static final byte[] COVERED_COUNT = bytes(COVERED);
    private static final byte[] CONTENT_COUNT = bytes(2);
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final int EMPTY_LENGTH = 2; // "{}"
    private static final long EPOCH_2000_MICROS = 946_684_800_000_000L;

    private final MessageDigest content = Sha256.begin();
    private final MessageDigest link = Sha256.begin();
    private final int[] starts = new int[FIELDS]; // offset of each field's length
    private byte[] bytes = {};
    private ByteBuffer buffer = ByteBuffer.wrap(bytes);

    /** Reads one message of a binary copy; returns false when it holds no row. */
    boolean read(byte[] message) {
        bytes = message;
        buffer = ByteBuffer.wrap(message);
        var at = 0;
        if (Arrays.equals(message, 0, Math.min(SIGNATURE.length, message.length), SIGNATURE, 0, SIGNATURE.length)) {
            var extension = SIGNATURE.length + Integer.BYTES;
            at = extension + Integer.BYTES + buffer.getInt(extension);
        }
        if (at == message.length || buffer.getShort(at) < 0) {
            return false;
        }
        at += Short.BYTES;
        for (var field = 0; field < FIELDS; field++) {
            starts[field] = at;
            at = end(field);
        }
        return true;
    }

    private int end(int field) {
        return starts[field] + Integer.BYTES + Math.max(0, length(field));
    }

    private int length(int field) {
        return buffer.getInt(starts[field]);
    }

    long position() {
        return buffer.getLong(starts[POSITION] + Integer.BYTES);
    }

    String type() {
        return new String(bytes, starts[TYPE] + Integer.BYTES, Math.max(0, length(TYPE)), StandardCharsets.UTF_8);
    }

    /** Returns the time of the append, in microseconds since 1970. */
    long timeMicros() {
        return buffer.getLong(starts[TIME] + Integer.BYTES) + EPOCH_2000_MICROS;
    }

    /** Returns whether the row claims that its data was redacted: then the link uses the stored digest instead. */
    boolean emptied() {
        return length(DIGEST) >= 0;
    }

    /** Returns whether the redacted data is really empty. */
    boolean isEmpty() {
        var at = starts[DATA] + Integer.BYTES;
        return length(DATA) == EMPTY_LENGTH && bytes[at] == '{' && bytes[at + 1] == '}' && length(SEALED) < 0;
    }

    boolean hasHash(byte[] expected) {
        return length(HASH) == HASH_BYTES
                && Arrays.equals(bytes, starts[HASH] + Integer.BYTES, end(HASH), expected, 0, HASH_BYTES);
    }

    /** Computes the hash that this row must have after the previous one. */
    byte[] link(byte[] before) {
        link.update(before);
        if (emptied()) {
            link.update(bytes, starts[DIGEST] + Integer.BYTES, length(DIGEST));
        } else {
            link.update(digest());
        }
        link.update(COVERED_COUNT);
        for (var field = 0; field < COVERED; field++) {
            add(link, field);
        }
        return link.digest();
    }

    private byte[] digest() {
        content.update(CONTENT_COUNT);
        add(content, DATA);
        add(content, SEALED);
        return content.digest();
    }

    private void add(MessageDigest digest, int field) {
        digest.update(TYPE_BYTES[field]);
        digest.update(bytes, starts[field], end(field) - starts[field]);
    }

    private static byte[] bytes(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }
}
