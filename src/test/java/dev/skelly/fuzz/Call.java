package dev.skelly.fuzz;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request, byte for byte.
 *
 * @param headers whole lines without their ends
 * @param body null for none
 * @param operation which one it is, as far as that is certain; null for a path that may be none
 * @param hopeless whether no server could take the body
 * @param how what was done to it
 */
record Call(
        String method,
        String target,
        List<String> headers,
        @Nullable Buffer body,
        ApiDescription.@Nullable Operation operation,
        boolean hopeless,
        List<String> how) {

    private static final int SHOWN_MAX = 1_500;

    byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        var head = method + " " + target + " HTTP/1.1\r\n" + headers.stream().collect(Collectors.joining("\r\n"))
                + "\r\n" + (body == null ? "" : "Content-Length: " + body.length() + "\r\n") + "\r\n";
        bytes.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        if (body != null) {
            bytes.writeBytes(body.getBytes());
        }
        return bytes.toByteArray();
    }

    @Override
    public String toString() {
        var text = new String(bytes(), StandardCharsets.UTF_8);
        var shown = new StringBuilder();
        text.codePoints().limit(SHOWN_MAX).forEach(sign -> {
            if (sign == '\n') {
                shown.append("\n      ");
            } else if (Character.isISOControl(sign)) {
                shown.append(sign == '\r' ? "" : "\\u%04x".formatted(sign));
            } else {
                shown.appendCodePoint(sign);
            }
        });
        return how + "\n      " + shown + (text.length() > SHOWN_MAX ? " … (" + text.length() + ")" : "");
    }
}
