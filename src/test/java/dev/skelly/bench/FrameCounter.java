package dev.skelly.bench;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;

/** Counts the events of one stream without reading them; wherever chunks are cut. Confined to the stream's context. */
final class FrameCounter implements Handler<Buffer> {

    private static final byte[] MARK = "\nevent: user.preferences-changed".getBytes(StandardCharsets.US_ASCII);

    private final LongAdder total;
    private int matched;

    FrameCounter(LongAdder total) {
        this.total = total;
    }

    @Override
    public void handle(Buffer chunk) {
        for (var i = 0; i < chunk.length(); i++) {
            var next = chunk.getByte(i);
            // A new line begins the mark and stands nowhere else in it, so a mismatch needs no looking back.
            matched = next == MARK[matched] ? matched + 1 : next == MARK[0] ? 1 : 0;
            if (matched == MARK.length) {
                total.increment();
                matched = 0;
            }
        }
    }
}
