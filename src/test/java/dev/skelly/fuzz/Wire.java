package dev.skelly.fuzz;

import io.vertx.core.buffer.Buffer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A connection on which anything can be said. Opened when it is needed, kept while both sides keep it. Confined to one thread. */
final class Wire implements AutoCloseable {

    private static final int ANSWER_MILLIS_MAX = 30_000;
    private static final int STREAM_BYTES_MAX = 64 * 1024;

    /** An answer as it came; the names of headers in lower case. */
    record Answer(int status, Map<String, List<String>> headers, Buffer body) {

        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name)).map(values -> values.get(0));
        }

        String mediaType() {
            return header("content-type").orElse("").split(";", 2)[0].strip();
        }

        String text() {
            return body.toString(StandardCharsets.UTF_8);
        }
    }

    private final URI url;
    private Optional<Socket> socket = Optional.empty();
    private InputStream in = InputStream.nullInputStream();

    Wire(String url) {
        this.url = URI.create(url);
    }

    String authority() {
        return url.getAuthority();
    }

    /** Fails when no answer comes, also not over a new connection: the old one may have been closed just then. */
    Answer exchange(String method, byte[] request) throws IOException {
        if (socket.isPresent()) {
            try {
                return attempt(method, request);
            } catch (EOFException e) {
                close();
            } catch (IOException e) {
                if (e instanceof java.net.SocketTimeoutException) {
                    throw e;
                }
                close();
            }
        }
        return attempt(method, request);
    }

    private Answer attempt(String method, byte[] request) throws IOException {
        var open = socket.isPresent() ? socket.get() : open();
        try {
            open.getOutputStream().write(request);
            open.getOutputStream().flush();
        } catch (IOException e) {
            // It may have been refused before all of it was sent: the answer is what counts.
        }
        var answer = read(method);
        if (answer.header("connection").orElse("").equalsIgnoreCase("close")
                || answer.mediaType().equals("text/event-stream")) {
            close();
        }
        return answer;
    }

    private Socket open() throws IOException {
        var fresh = new Socket(url.getHost(), url.getPort());
        fresh.setSoTimeout(ANSWER_MILLIS_MAX);
        fresh.setTcpNoDelay(true);
        socket = Optional.of(fresh);
        in = new BufferedInputStream(fresh.getInputStream());
        return fresh;
    }

    private Answer read(String method) throws IOException {
        var status = Integer.parseInt(line().split(" ", 3)[1]);
        var headers = new TreeMap<String, List<String>>();
        for (var line = line(); !line.isEmpty(); line = line()) {
            var colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        if (status == 100) {
            return read(method);
        }
        var head = new Answer(status, headers, Buffer.buffer());
        var bare = method.equals("HEAD") || status == 204 || status == 304;
        return bare ? head : new Answer(status, headers, Buffer.buffer(body(head)));
    }

    private byte[] body(Answer head) throws IOException {
        if (head.header("transfer-encoding").orElse("").equals("chunked")) {
            return chunks(head.mediaType().equals("text/event-stream"));
        }
        var length = head.header("content-length").map(Integer::valueOf);
        return length.isPresent() ? exactly(length.get()) : in.readAllBytes();
    }

    private byte[] chunks(boolean stream) throws IOException {
        var all = new ByteArrayOutputStream();
        for (var size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            all.writeBytes(exactly(size));
            end();
            if (stream && (all.size() > STREAM_BYTES_MAX || ended(all.toString(StandardCharsets.UTF_8)))) {
                return all.toByteArray();
            }
        }
        end();
        return all.toByteArray();
    }

    /* Then it has said all that it knew when it was asked. */
    private static boolean ended(String stream) {
        return stream.contains("event: skelly.ready\n") || stream.contains("event: skelly.bye\n");
    }

    private byte[] exactly(int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the answer ended early");
        }
        return bytes;
    }

    private void end() throws IOException {
        var unused = line(); // Empty, after a chunk.
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (var sign = in.read(); sign != '\n'; sign = in.read()) {
            if (sign < 0) {
                throw new EOFException("the connection was closed instead of an answer");
            }
            line.write(sign);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    @Override
    public void close() throws IOException {
        if (socket.isPresent()) {
            socket.get().close();
        }
        socket = Optional.empty();
    }
}
