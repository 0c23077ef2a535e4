package dev.skelly;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Everything that this process writes into its log, from now until it is closed. */
public final class LogLines implements AutoCloseable {

    private final PrintStream before = System.err;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    /** From now on. */
    public LogLines() {
        System.setErr(new PrintStream(new Both(), true, StandardCharsets.UTF_8));
    }

    private final class Both extends OutputStream {

        @Override
        public void write(int one) {
            kept.write(one);
            before.write(one);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            kept.write(bytes, from, length);
            before.write(bytes, from, length);
        }
    }

    /** What was written so far. */
    public String text() {
        return kept.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        System.setErr(before);
    }
}
