package dev.skelly.ledger;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes a history as JSON lines, each on disk's way before the call returns. Safe on any thread. */
public final class Recorder implements AutoCloseable {

    private final ObjectMapper json = new ObjectMapper();
    private final BufferedWriter file;

    /** Writes to a new file. */
    public Recorder(Path path) {
        try {
            this.file = Files.newBufferedWriter(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Before an operation is sent. */
    public void invoke(UUID op, String action, @Nullable UUID account) {
        write(Line.operation(System.nanoTime(), Line.Kind.INVOKE, op, action, account, null));
    }

    /** After it was acknowledged; {@code account} is the one it made or changed. */
    public void ok(UUID op, @Nullable UUID account) {
        write(Line.operation(System.nanoTime(), Line.Kind.OK, op, null, account, null));
    }

    /** After it was refused. */
    public void fail(UUID op, String why) {
        write(Line.operation(System.nanoTime(), Line.Kind.FAIL, op, null, null, why));
    }

    /** After it ended without an answer that tells. */
    public void info(UUID op, String why) {
        write(Line.operation(System.nanoTime(), Line.Kind.INFO, op, null, null, why));
    }

    /** A reader begins after {@code cursor}, or at {@code earliest}. */
    public void stream(String stream, UUID account, String cursor) {
        write(Line.reader(System.nanoTime(), Line.Kind.STREAM, stream, account, 0, cursor, null, null));
    }

    /** A reader has another connection. */
    public void connected(String stream, int connection) {
        write(Line.reader(System.nanoTime(), Line.Kind.CONNECTED, stream, null, connection, null, null, null));
    }

    /** A reader got an event. */
    public void received(String stream, int connection, String cursor, UUID event) {
        write(Line.reader(System.nanoTime(), Line.Kind.RECEIVED, stream, null, connection, cursor, event, null));
    }

    /** A reader was told of a gap. */
    public void gap(String stream, int connection, String reason) {
        write(Line.reader(System.nanoTime(), Line.Kind.GAP, stream, null, connection, null, null, reason));
    }

    /** A reader ends; everything in the log that it may see is expected to have reached it. */
    public void end(String stream) {
        write(Line.reader(System.nanoTime(), Line.Kind.END, stream, null, 0, null, null, null));
    }

    private synchronized void write(Line line) {
        try {
            file.write(json.writeValueAsString(line));
            file.newLine();
            file.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
