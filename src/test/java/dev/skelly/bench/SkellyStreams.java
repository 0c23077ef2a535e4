package dev.skelly.bench;

import dev.skelly.testing.SkellyProcess;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TemporaryFolder;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The jar over an empty folder with its database, as its users run it, but for limits. Events are published by other accounts than read them, because
 * a reader is also told that its own requests have passed.
 */
final class SkellyStreams implements StreamServer {

    /** Accounts that publish, one for each connection. */
    static final int PUBLISHERS = 16;

    private static final int READERS = 20;
    private static final int TEXT_LENGTH = 20; // A frame has about 430 bytes then.
    private static final String MANY = "1000000";

    private static final String TYPES = """
            types:
              - name: bench.happened
                meaning: Something happened that all readers see.
                data:
                  type: object
                  properties:
                    n: {type: string, maxLength: 20, description: number}
                    text: {type: string, maxLength: 2000, description: fills the frame}
                  required: [n, text]
                  additionalProperties: false
                audience: ["topic:bench/all"]
                emit: [user]
              - name: bench.told
                meaning: Something happened that one person sees.
                data:
                  type: object
                  properties:
                    n: {type: string, maxLength: 20, description: number}
                    text: {type: string, maxLength: 2000, description: fills the frame}
                  required: [n, text]
                  additionalProperties: false
                audience: [self]
                emit: [user]
            topics:
              - pattern: topic:bench/{place}
                read: [user]
            """;

    private final Path folder = TemporaryFolder.make("skelly-bench-stream");
    private final List<String> publishers = new ArrayList<>();
    private final List<String> readers = new ArrayList<>();
    private final SkellyProcess skelly;
    private final InetSocketAddress address;

    private SkellyStreams(Vertx vertx, String cores, String flags) throws IOException {
        Files.createDirectory(folder.resolve("types"));
        Files.writeString(folder.resolve("types").resolve("bench.yaml"), TYPES);
        this.skelly = SkellyProcess.start(pinned(cores, flags), folder, "node", settings(), Map.of());
        var url = ready();
        this.address = new InetSocketAddress(url.getHost(), url.getPort());
        var target = new Target(vertx, url, 1, 1);
        for (var n = 0; n < PUBLISHERS + READERS; n++) {
            (n < PUBLISHERS ? publishers : readers)
                    .add(Waiting.on(target.register().compose(target::signIn)));
        }
    }

    /**
     * Starts it and makes its accounts.
     *
     * @param flags for its Java machine, besides those that every node of the tests has
     */
    static SkellyStreams start(Vertx vertx, String cores, String flags) throws IOException {
        return new SkellyStreams(vertx, cores, flags);
    }

    private URI ready() {
        try {
            return skelly.awaitReady();
        } catch (RuntimeException | AssertionError failure) {
            System.err.println(skelly.output());
            close();
            throw failure;
        }
    }

    /* A Java that runs on some cores only: it chooses its collector and its threads by their number. */
    private Path pinned(String cores, String flags) throws IOException {
        var file = folder.resolve("pinned-java");
        Files.writeString(
                file, "#!/bin/sh\nexec taskset -c " + cores + " '" + SkellyProcess.java() + "' " + flags + " \"$@\"\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /* A wider network has at most half of what the node has. */
    private static List<String> settings() {
        var settings = new ArrayList<>(List.of(
                "--http.port=0",
                "--ratelimit.enabled=false",
                "--events.dir=types",
                "--http.header-deadline=2m",
                "--http.request-deadline=2m",
                "--security.token-life=1d",
                "--stream.max-age=2h"));
        for (var limit : List.of(
                "http.connections-max",
                "http.connections-per-address",
                "stream.connections-per-node",
                "stream.connections-per-address",
                "stream.connections-per-user",
                "stream.connects-per-second",
                "stream.connects-per-address")) {
            settings.add("--" + limit + "=" + MANY);
        }
        return settings;
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public byte[] reading(int reader) {
        return stream("/api/stream?channels=topic:bench/all", readers.get(reader % READERS));
    }

    /** The channels of an account that publishes nothing. */
    @Override
    public byte[] idle(int reader) {
        return stream("/api/stream", readers.get(reader % READERS));
    }

    /** Returns the request for a stream of a publisher's own channel. */
    byte[] own(int publisher) {
        return stream("/api/stream", publishers.get(publisher));
    }

    private byte[] stream(String path, String token) {
        var text = "GET " + path + " HTTP/1.1\r\nHost: " + address.getHostString() + ":" + address.getPort()
                + "\r\nAccept: text/event-stream\r\nAuthorization: Bearer " + token + "\r\n\r\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String readyMark() {
        return "{\"cursor\":";
    }

    @Override
    public Post post(int publisher, int events) {
        return post(publisher, "bench.happened", events);
    }

    /** Returns a request that publishes to the publisher's own channel alone. */
    Post postToSelf(int publisher) {
        return post(publisher, "bench.told", 1);
    }

    private Post post(int publisher, String type, int events) {
        var event = "{\"type\":\"" + type + "\",\"data\":" + Post.data(TEXT_LENGTH) + "}";
        var body = events == 1 ? event : "{\"items\":[" + String.join(",", Collections.nCopies(events, event)) + "]}";
        return Post.to(address, "/api/events", "Authorization: Bearer " + publishers.get(publisher) + "\r\n", body);
    }

    @Override
    public ProcessHandle process() {
        return ProcessHandle.of(skelly.pid()).orElseThrow();
    }

    @Override
    public ProcessHandle holder() {
        return process();
    }

    @Override
    public void close() {
        skelly.terminate();
        skelly.exitCode(Duration.ofMinutes(1));
        skelly.close();
        TemporaryFolder.delete(folder);
    }
}
