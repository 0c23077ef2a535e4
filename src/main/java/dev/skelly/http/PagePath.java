package dev.skelly.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The path of a file below a folder, as a request names it.
 *
 * @param names of the folders and of the file, decoded; none of them leads upwards, is hidden or contains a separator
 * @param folder whether the path ends with a slash
 */
record PagePath(List<String> names, boolean folder) {

    /**
     * Reads a path.
     *
     * @param path percent-encoded, without the first slash
     * @return empty for a path that no file can have: a hidden, empty or wrongly encoded name
     */
    static Optional<PagePath> of(String path) {
        var folder = path.isEmpty() || path.endsWith("/");
        var names = new ArrayList<String>();
        for (var part : path.isEmpty() ? new String[0] : path.split("/", -1)) {
            names.add(decoded(part));
        }
        if (folder && !names.isEmpty()) {
            names.remove(names.size() - 1); // The empty name behind the last slash.
        }
        return names.stream().allMatch(PagePath::isPlain)
                ? Optional.of(new PagePath(List.copyOf(names), folder))
                : Optional.empty();
    }

    /** Returns whether a name is that of a visible file or folder. */
    static boolean isPlain(String name) {
        return !name.isEmpty()
                && !name.startsWith(".")
                && name.chars().noneMatch(character -> character < ' ' || character == '/' || character == '\\');
    }

    /* Returns an empty text, which no name is, where the encoding is invalid. */
    private static String decoded(String part) {
        var bytes = part.getBytes(StandardCharsets.UTF_8);
        var length = 0;
        for (var index = 0; index < bytes.length; index++) {
            var value = bytes[index];
            if (value == '%') {
                if (index + 2 >= bytes.length || !isHex(bytes[index + 1]) || !isHex(bytes[index + 2])) {
                    return "";
                }
                value = (byte)
                        (HexFormat.fromHexDigit(bytes[index + 1]) << 4 | HexFormat.fromHexDigit(bytes[index + 2]));
                index += 2;
            }
            bytes[length++] = value;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return "";
        }
    }

    private static boolean isHex(byte digit) {
        return HexFormat.isHexDigit(digit);
    }
}
