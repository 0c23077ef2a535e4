package dev.skelly.testing;

import dev.skelly.eventlog.CursorCodec;
import java.util.Base64;
import java.util.Random;

/** Cursors that a log never gave out: by chance, by changing one that it did, and of other logs. For one thread. */
public final class ForgedCursor {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final String STRANGE = "+/= \n\0äA0-_.%\ud83d\udca1";
    private static final int KINDS = 8;

    private final Random random;
    private final CursorCodec cursors;
    private final CursorCodec otherEpoch;
    private final CursorCodec otherKey;

    /** Forges cursors of the log to which {@code cursors} belong. */
    public ForgedCursor(Random random, CursorCodec cursors) {
        this.random = random;
        this.cursors = cursors;
        this.otherEpoch = new CursorCodec(random.nextLong(), new byte[16]);
        var key = new byte[16];
        random.nextBytes(key);
        this.otherKey = new CursorCodec(0x1234_5678_9abc_def0L, key);
    }

    /** Another one. */
    public String next() {
        var genuine = random.nextBoolean() ? cursors.position(place()) : cursors.write(place());
        return switch (random.nextInt(KINDS)) {
            case 0 -> block();
            case 1 -> flipped(genuine);
            case 2 -> replaced(genuine);
            case 3 -> otherEpoch.position(place());
            case 4 -> otherKey.write(place());
            case 5 -> genuine.substring(0, random.nextInt(22));
            case 6 -> genuine + character(random.nextBoolean() ? ALPHABET : STRANGE);
            default -> text();
        };
    }

    private long place() {
        return random.nextLong() >>> (2 + random.nextInt(60));
    }

    private String block() {
        var block = new byte[16];
        random.nextBytes(block);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(block);
    }

    private String flipped(String genuine) {
        var block = Base64.getUrlDecoder().decode(genuine);
        block[random.nextInt(16)] ^= (byte) (1 << random.nextInt(8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(block);
    }

    private String replaced(String genuine) {
        var at = random.nextInt(22);
        var other = character(ALPHABET);
        return other == genuine.charAt(at) ? block() : genuine.substring(0, at) + other + genuine.substring(at + 1);
    }

    private String text() {
        var text = new StringBuilder();
        for (var length = random.nextInt(40); length > 0; length--) {
            text.append(character(random.nextInt(4) == 0 ? STRANGE : ALPHABET));
        }
        return text.toString();
    }

    private char character(String of) {
        return of.charAt(random.nextInt(of.length()));
    }
}
