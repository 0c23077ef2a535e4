package dev.skelly.testing;

import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The jar, or a program of the tests, as a process of its own, that can be killed, stopped for a while and asked to end. Its output goes to a file. Closing kills
 * what is left of it and its children.
 */
public final class SkellyProcess implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("(?m)^skelly ready (http://\\S+)$");

    private final Process process;
    private final Path output;
    private final List<ProcessHandle> children = new ArrayList<>();

    private SkellyProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Where the jar is. */
    public static Path jar() {
        return Path.of(System.getProperty("skelly.jar", "target/skelly.jar")).toAbsolutePath();
    }

    /** The Java that runs the tests. */
    public static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** Starts {@code java -jar skelly.jar arguments…} in {@code folder}; output to {@code name.log} there. */
    public static SkellyProcess start(Path folder, String name, List<String> arguments) {
        return start(java(), folder, name, arguments, Map.of());
    }

    /** The same with another Java and more environment. */
    public static SkellyProcess start(
            Path java, Path folder, String name, List<String> arguments, Map<String, String> environment) {
        return start(java, PreparedRun.flags(java), folder, name, arguments, environment);
    }

    /** The same with these flags of the Java machine and no others. */
    public static SkellyProcess start(List<String> flags, Path folder, String name, List<String> arguments) {
        return start(java(), flags, folder, name, arguments, Map.of());
    }

    /** The same in another place of this machine, such as a network namespace: the command stands behind {@code prefix}. */
    public static SkellyProcess startIn(List<String> prefix, Path folder, String name, List<String> arguments) {
        var command = new ArrayList<>(prefix);
        command.addAll(command(java(), PreparedRun.flags(), arguments));
        return program(command, folder, name, Map.of());
    }

    private static SkellyProcess start(
            Path java,
            List<String> flags,
            Path folder,
            String name,
            List<String> arguments,
            Map<String, String> environment) {
        return program(command(java, flags, arguments), folder, name, environment);
    }

    private static List<String> command(Path java, List<String> flags, List<String> arguments) {
        var command = new ArrayList<>(List.of(java.toString(), "-Xmx512m", "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(flags);
        command.addAll(List.of("-jar", jar().toString()));
        command.addAll(arguments);
        return command;
    }

    /** Starts a program of the tests instead of the jar, over their class path; output to {@code name.log}. */
    public static SkellyProcess start(Class<?> program, Path folder, String name, List<String> arguments) {
        var command = new ArrayList<>(List.of(java().toString(), "-Xmx256m", "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(arguments);
        return program(command, folder, name, Map.of());
    }

    /** Starts any program, with more environment; output to {@code name.log}. */
    public static SkellyProcess program(
            List<String> command, Path folder, String name, Map<String, String> environment) {
        var output = folder.resolve(name + ".log");
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().putAll(environment);
        try {
            var process = new SkellyProcess(builder.start(), output);
            Runtime.getRuntime().addShutdownHook(new Thread(process::close));
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port that was free a moment ago. */
    public static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the ready line; what it says. */
    @CanIgnoreReturnValue // a test may only want it to be up
    public URI awaitReady() {
        awaitLine(READY);
        var ready = READY.matcher(output());
        if (!ready.find()) {
            throw new AssertionError("no ready line");
        }
        rememberChildren();
        return URI.create(ready.group(1));
    }

    /** Waits until the output has a line that matches; fails at once, with the output, when the process ends first. */
    public void awaitLine(Pattern line) {
        await().alias(line + " in " + this.output)
                .pollInterval(Duration.ofMillis(20))
                .failFast(
                        "the process ended",
                        () -> !process.isAlive() && !line.matcher(output()).find())
                .until(() -> line.matcher(output()).find());
        rememberChildren();
    }

    /* Children of a killed process belong to nobody, so they are remembered while it lives. */
    private synchronized void rememberChildren() {
        process.descendants().filter(child -> !children.contains(child)).forEach(children::add);
    }

    /** Everything it printed so far. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it has started and was seen of it, running or not. */
    public synchronized List<ProcessHandle> children() {
        return List.copyOf(children);
    }

    /** Writes a line to its standard input. */
    public void tell(String line) {
        try {
            var input = process.getOutputStream();
            input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean alive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** kill -9 of the process alone; its children live on. */
    public void kill() {
        rememberChildren();
        process.destroyForcibly();
        exitCode(Waiting.LIMIT);
    }

    /** kill -9 of the process, then of everything it started: nobody is left to start it again. */
    public synchronized void killAll() {
        rememberChildren();
        process.destroyForcibly();
        exitCode(Waiting.LIMIT);
        endChildren();
    }

    /* Returns when they are gone: what still ends would write into a folder that is being deleted. */
    private void endChildren() {
        var family = children.stream()
                .flatMap(child -> Stream.concat(Stream.of(child), child.descendants()))
                .toList();
        family.forEach(ProcessHandle::destroyForcibly);
        family.forEach(one -> one.onExit()
                .orTimeout(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join());
    }

    /** SIGSTOP: it stands still, with all its connections open. */
    public void freeze() {
        signal("STOP");
    }

    /** SIGCONT: it goes on as if nothing had been. */
    public void thaw() {
        signal("CONT");
    }

    /** SIGTERM: it may finish what it does. */
    public void terminate() {
        rememberChildren();
        process.destroy();
    }

    private void signal(String name) {
        try {
            var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
            if (kill.waitFor() != 0) {
                throw new AssertionError("kill -" + name + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Waits for the end; what it ended with. */
    @CanIgnoreReturnValue // after a kill the code says nothing
    public int exitCode(Duration within) {
        try {
            if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("still running after " + within + "\n" + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public synchronized void close() {
        killAll();
    }
}
