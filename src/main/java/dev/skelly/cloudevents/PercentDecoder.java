package dev.skelly.cloudevents;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Decodes header values of the CloudEvents HTTP binding: percent-encoded UTF-8, in which a plus is a plus. Older senders put them in double
 * quotes, with backslashes.
 */
final class PercentDecoder {

    private PercentDecoder() {}

    /** Returns the text; empty when the encoding is invalid. */
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
        return Optional.empty(); // The quote is not closed.
    }

    /* Rejects characters outside ASCII, because their encoding is unknown. */
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

    /* Decodes strictly: rejects incomplete characters, overlong encodings and NUL. */
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
