package dev.skelly.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads lines as bytes, so that a line that is not UTF-8 does not affect others. Not thread-safe. */
final class LineReader implements AutoCloseable {

    /* Per batch, not counting its last line. */
    private static final int BATCH_BYTES_MAX = 4_194_304;

    private final InputStream bytes;
    private final int bytesMax;

    /** @param bytesMax of a longer line, the first {@code bytesMax + 1} bytes are kept */
    LineReader(InputStream bytes, int bytesMax) {
        this.bytes = new BufferedInputStream(bytes);
        this.bytesMax = bytesMax;
    }

    /** Returns at most {@code count} lines without their ends, fewer when they are long; none at the end. */
    List<byte[]> next(int count) throws IOException {
        var batch = new ArrayList<byte[]>();
        var size = 0;
        while (batch.size() < count && size < BATCH_BYTES_MAX) {
            var line = next();
            if (line.isEmpty()) {
                break;
            }
            batch.add(line.get());
            size += line.get().length;
        }
        return batch;
    }

    private Optional<byte[]> next() throws IOException {
        var line = new ByteArrayOutputStream();
        var read = bytes.read();
        if (read < 0) {
            return Optional.empty();
        }
        while (read >= 0 && read != '\n') {
            if (line.size() <= bytesMax) {
                line.write(read);
            }
            read = bytes.read();
        }
        return Optional.of(line.toByteArray());
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
