package dev.skelly.emission;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Header values as the CloudEvents HTTP binding writes them: percent-encoded UTF-8; a plus is a plus. */
final class PercentText {

    private static final int HEX = 16;

    private PercentText() {}

    /** Empty for what was not encoded rightly. */
    static Optional<String> decode(String text) {
        var bytes = new ByteArrayOutputStream(text.length());
        for (var index = 0; index < text.length(); index++) {
            var character = text.charAt(index);
            if (character != '%') {
                bytes.writeBytes(String.valueOf(character).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            var high = digit(text, index + 1);
            var low = digit(text, index + 2);
            if (high < 0 || low < 0) {
                return Optional.empty();
            }
            bytes.write(high * HEX + low);
            index += 2;
        }
        return sound(bytes.toByteArray());
    }

    private static int digit(String text, int index) {
        return index < text.length() ? Character.digit(text.charAt(index), HEX) : -1;
    }

    /* Strict: half a character, or one that was encoded in too many bytes, is none; and no NUL. */
    private static Optional<String> sound(byte[] bytes) {
        try {
            var decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return decoded.chars().anyMatch(character -> character < ' ') ? Optional.empty() : Optional.of(decoded);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
