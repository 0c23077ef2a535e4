package dev.skelly.faults;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Takes the response of a stream apart as its bytes come: the head, then chunks, then frames. Long lines are cut; their starts say enough. */
final class FrameScanner {

    private static final int LINE_MAX = 512;

    /** What comes. */
    interface Frames {

        /** The first line and headers, in lower case. */
        void head(String text);

        /** So much of a response that is no stream; empty when a stream ended. */
        void body(String text);

        /**
         * One frame.
         *
         * @param id null if it has none
         * @param data null if it has none
         */
        void frame(String event, @Nullable String id, @Nullable String data);
    }

    private enum Part {
        HEAD,
        SIZE,
        CHUNK,
        CHUNK_END,
        BODY
    }

    private final Frames frames;
    private final StringBuilder head = new StringBuilder();
    private final byte[] line = new byte[LINE_MAX];
    private int length;
    private final byte[] size = new byte[16];
    private int sizeLength;
    private int left;
    private Part part = Part.HEAD;
    private String event = "message";
    private @Nullable String id;
    private @Nullable String data;

    FrameScanner(Frames frames) {
        this.frames = frames;
    }

    /** Takes what was read. */
    void take(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            switch (part) {
                case HEAD -> head(bytes.get());
                case SIZE -> size(bytes.get());
                case CHUNK -> chunk(bytes);
                case CHUNK_END -> part = bytes.get() == '\n' ? Part.SIZE : Part.CHUNK_END;
                default -> refusal(bytes);
            }
        }
    }

    private void head(byte next) {
        head.append((char) next);
        if (next == '\n' && head.length() > 3 && head.charAt(head.length() - 3) == '\n') {
            var text = head.toString().toLowerCase(Locale.ROOT);
            part = text.contains("transfer-encoding: chunked") ? Part.SIZE : Part.BODY;
            frames.head(text);
        }
    }

    private void size(byte next) {
        if (next != '\n') {
            size[sizeLength++] = next;
            return;
        }
        left = Integer.parseInt(new String(size, 0, sizeLength - 1, StandardCharsets.US_ASCII), 16);
        sizeLength = 0;
        part = left == 0 ? Part.BODY : Part.CHUNK;
        if (left == 0) {
            frames.body("");
        }
    }

    private void chunk(ByteBuffer bytes) {
        var end = Math.min(bytes.limit(), bytes.position() + left);
        left -= end - bytes.position();
        while (bytes.position() < end) {
            var next = bytes.get();
            if (next == '\n') {
                line();
                length = 0;
            } else if (length < LINE_MAX) {
                line[length++] = next;
            }
        }
        part = left == 0 ? Part.CHUNK_END : Part.CHUNK;
    }

    private void refusal(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            var next = bytes.get();
            if (length < LINE_MAX) {
                line[length++] = next;
            }
        }
        frames.body(text(0));
    }

    private void line() {
        if (length == 0) {
            if (id != null || data != null) {
                frames.frame(event, id, data);
            }
            event = "message";
            id = null;
            data = null;
        } else if (starts("id: ")) {
            id = text(4);
        } else if (starts("event: ")) {
            event = text(7);
        } else if (starts("data: ")) {
            data = event.startsWith("skelly.") ? text(6) : "";
        }
    }

    private boolean starts(String field) {
        for (var n = 0; n < field.length(); n++) {
            if (n >= length || line[n] != field.charAt(n)) {
                return false;
            }
        }
        return true;
    }

    private String text(int from) {
        return new String(line, from, length - from, StandardCharsets.UTF_8);
    }
}
