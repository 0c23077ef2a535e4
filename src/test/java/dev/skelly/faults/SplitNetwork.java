package dev.skelly.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One network namespace of this machine for each node, on one bridge, between which packets can be dropped in one direction or both. Needs
 * Linux, root, and the programs {@code ip} and {@code nft}. Removed when closed.
 */
final class SplitNetwork implements AutoCloseable {

    private static final String NETWORK = "10.213.7.";
    private static final int SECONDS_MAX = 20;

    private static final AtomicInteger MADE = new AtomicInteger();

    /* Another one each time: what belongs to a namespace outlives it by a moment. */
    private final String name = "sk" + ProcessHandle.current().pid() % 100_000 + "x" + MADE.incrementAndGet();
    private final List<String> namespaces = new ArrayList<>();

    /** Makes the bridge and a namespace for each node. */
    SplitNetwork(int nodes) {
        try {
            must("ip link add " + name + " type bridge");
            must("ip addr add " + outside() + "/24 dev " + name);
            must("ip link set " + name + " up");
            for (var n = 0; n < nodes; n++) {
                add(n);
            }
        } catch (RuntimeException | Error failure) {
            close();
            throw failure;
        }
    }

    private void add(int n) {
        var namespace = name + "n" + n;
        must("ip netns add " + namespace);
        namespaces.add(namespace);
        must("ip link add " + name + "v" + n + " type veth peer name eth0 netns " + namespace);
        must("ip link set " + name + "v" + n + " master " + name + " up");
        must("ip -n " + namespace + " addr add " + host(n) + "/24 dev eth0");
        must("ip -n " + namespace + " link set eth0 up");
        must("ip -n " + namespace + " link set lo up");
    }

    /** What this machine lacks for it; empty where it works. */
    static Optional<String> missing() {
        var probe = "skprobe" + ProcessHandle.current().pid() % 100_000;
        try {
            for (var command :
                    List.of("ip netns add " + probe, "ip netns exec " + probe + " nft add table inet probe")) {
                var output = run(command);
                if (output.isPresent()) {
                    return Optional.of(command + ": " + output.get());
                }
            }
            return Optional.empty();
        } finally {
            var unused = run("ip netns del " + probe);
        }
    }

    /** The address of a node. */
    String host(int node) {
        return NETWORK + (2 + node);
    }

    /** The address by which nodes reach this process. */
    String outside() {
        return NETWORK + 1;
    }

    /** What stands before a command so that it runs where a node is. */
    List<String> command(int node) {
        return List.of("ip", "netns", "exec", namespaces.get(node));
    }

    /** From now on a node gets nothing of what another one sends. */
    void deafen(int node, int other) {
        var nft = String.join(" ", command(node)) + " nft ";
        must(nft + "add table inet split");
        must(nft + "add chain inet split in { type filter hook input priority 0 ; }");
        must(nft + "add rule inet split in ip saddr " + host(other) + " drop");
    }

    /** Everything arrives again at a node. */
    void heal(int node) {
        must(String.join(" ", command(node)) + " nft delete table inet split");
    }

    private static void must(String command) {
        run(command).ifPresent(output -> {
            throw new IllegalStateException(command + ": " + output);
        });
    }

    /* Empty when it succeeded, else what it said. */
    private static Optional<String> run(String command) {
        try {
            var process = new ProcessBuilder(command.split(" ", -1))
                    .redirectErrorStream(true)
                    .start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor(SECONDS_MAX, TimeUnit.SECONDS) && process.exitValue() == 0
                    ? Optional.empty()
                    : Optional.of(output.strip());
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }

    @Override
    public void close() {
        namespaces.forEach(namespace -> {
            var unused = run("ip netns del " + namespace);
        });
        var unused = run("ip link del " + name);
    }
}
