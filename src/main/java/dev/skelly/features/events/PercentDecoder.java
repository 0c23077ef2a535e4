package dev.skelly.features.events;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Header values as the CloudEvents HTTP binding writes them: percent-encoded UTF-8; a plus is a plus. Older senders put them between double
 * quotes, with backslashes.
 */
final class PercentDecoder {

    private PercentDecoder() {}

    /** Empty for what was not encoded rightly. */
    static Optional<String> decode(String header) {
        return unquoted(header).flatMap(PercentDecoder::decodeOnce);
    }

    private static Optional<String> unquoted(String header) {
        if (!header.startsWith("\"")) {
            return Optional.of(header);
        }
        var text = new StringBuilder(header.length());
        for (var index = 1; index < header.length(); index++) {
            var character = header.charAt(index);
            if (character == '"') {
                return index == header.length() - 1 ? Optional.of(text.toString()) : Optional.empty();
            }
            if (character == '\\') {
                index++;
            }
            if (index < header.length()) {
                text.append(header.charAt(index));
            }
        }
        return Optional.empty(); // Never closed.
    }

    /* What is not ASCII could have come in any encoding, and is not guessed at. */
    private static Optional<String> decodeOnce(String text) {
        var bytes = new ByteArrayOutputStream(text.length());
        for (var index = 0; index < text.length(); index++) {
            var character = text.charAt(index);
            if (character < ' ' || character > '~') {
                return Optional.empty();
            }
            if (character != '%') {
                bytes.write(character);
                continue;
            }
            var high = digit(text, index + 1);
            var low = digit(text, index + 2);
            if (high < 0 || low < 0) {
                return Optional.empty();
            }
            bytes.write((high << 4) + low);
            index += 2;
        }
        return sound(bytes.toByteArray());
    }

    private static int digit(String text, int index) {
        return index < text.length() && HexFormat.isHexDigit(text.charAt(index))
                ? HexFormat.fromHexDigit(text.charAt(index))
                : -1;
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
