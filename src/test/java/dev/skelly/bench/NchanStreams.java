package dev.skelly.bench;

import dev.skelly.testing.SkellyProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * nginx with the module nchan, a pub/sub server in memory, for comparison: one worker process for each core that it may use, and a folder of its
 * own under {@code target}.
 */
final class NchanStreams implements StreamServer {

    private static final Path NGINX = Path.of(System.getProperty("bench.nginx", "/usr/sbin/nginx"));
    private static final Path MODULE =
            Path.of(System.getProperty("bench.nchan-module", "/usr/lib/nginx/modules/ngx_nchan_module.so"));
    private static final Duration START_LIMIT = Duration.ofSeconds(10);

    private static final String SETTINGS = """
            daemon off;
            worker_processes %d;
            worker_rlimit_nofile %d;
            pid nginx.pid;
            error_log error.log warn;
            load_module %s;
            events { worker_connections %d; }
            http {
              access_log off;
              tcp_nodelay on;
              keepalive_requests 1000000000;
              nchan_shared_memory_size 512m;
              client_body_temp_path body;
              proxy_temp_path proxy;
              fastcgi_temp_path fastcgi;
              uwsgi_temp_path uwsgi;
              scgi_temp_path scgi;
              server {
                listen 127.0.0.1:%d;
                location /publish { nchan_publisher; nchan_channel_id all; nchan_message_buffer_length 10000; }
                location /all { nchan_subscriber eventsource; nchan_channel_id all; %s }
                location /idle { nchan_subscriber eventsource; nchan_channel_id idle; %s }
              }
            }
            """;

    private static final String READING =
            "nchan_subscriber_first_message newest; nchan_eventsource_ping_interval 25; nchan_subscriber_timeout 0;";

    private final InetSocketAddress address =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), SkellyProcess.freePort());
    private final Process process;
    private final int textLength;

    private NchanStreams(String cores, int textLength) throws IOException {
        this.textLength = textLength;
        var folder = Files.createDirectories(Path.of("target", "bench-nchan")).toAbsolutePath();
        var files = openFilesMax();
        Files.writeString(
                folder.resolve("nginx.conf"),
                SETTINGS.formatted(
                        cores.split(",", -1).length, files, MODULE, files - 100, address.getPort(), READING, READING));
        this.process = new ProcessBuilder(
                        "taskset",
                        "-c",
                        cores,
                        NGINX.toString(),
                        "-p",
                        folder + "/",
                        "-e",
                        "error.log",
                        "-c",
                        "nginx.conf")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        awaitListening();
    }

    /** Returns whether it is installed. */
    static boolean installed() {
        return Files.isExecutable(NGINX) && Files.exists(MODULE);
    }

    /**
     * Starts it.
     *
     * @param textLength of the text in the data, see {@link Post#data}
     */
    static NchanStreams start(String cores, int textLength) throws IOException {
        return new NchanStreams(cores, textLength);
    }

    private static long openFilesMax() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/limits"))) {
            var hard = lines.filter(line -> line.startsWith("Max open files"))
                    .map(line -> line.split(" +", -1)[4])
                    .findFirst()
                    .orElseThrow();
            return hard.equals("unlimited") ? 1_000_000 : Long.parseLong(hard);
        }
    }

    private void awaitListening() throws IOException {
        var end = System.nanoTime() + START_LIMIT.toNanos();
        while (true) {
            try (var socket = new Socket(address.getAddress(), address.getPort())) {
                socket.setSoTimeout(1);
                return;
            } catch (IOException refused) {
                if (System.nanoTime() > end || !process.isAlive()) {
                    throw new IOException("nginx does not listen, see target/bench-nchan/nginx.log", refused);
                }
                StreamLoad.rest(Duration.ofMillis(20));
            }
        }
    }

    @Override
    public String figure(String name) {
        return figureOf(name);
    }

    /** Returns the name of a figure of nchan. */
    static String figureOf(String name) {
        return "nchan" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public byte[] reading(int reader) {
        return stream("/all");
    }

    @Override
    public byte[] idle(int reader) {
        return stream("/idle");
    }

    private static byte[] stream(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String readyMark() {
        return ": hi";
    }

    @Override
    public Post post(int publisher, int events) {
        if (events != 1) {
            throw new IllegalArgumentException("nchan takes one message a request");
        }
        return Post.to(address, "/publish", "", Post.data(textLength));
    }

    @Override
    public ProcessHandle process() {
        return process.toHandle();
    }

    /** Its only worker, where it has one. */
    @Override
    public ProcessHandle holder() {
        return process.toHandle().children().findFirst().orElseThrow();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nginx still runs");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
