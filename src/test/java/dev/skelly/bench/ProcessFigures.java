package dev.skelly.bench;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Linux and the Java machine say of a process. */
final class ProcessFigures {

    private static final double SECONDS_PER_TICK = 0.01; // USER_HZ is 100 wherever Java runs on Linux.
    private static final Pattern USED = Pattern.compile("(?m)^ \\S.* used (\\d+)K");

    private ProcessFigures() {}

    /** Returns the processor time in seconds of a process and its children, also of those that have ended. */
    static double cpuSeconds(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .mapToDouble(one -> ticks(one.pid()) * SECONDS_PER_TICK)
                .sum();
    }

    /** Returns the processor time in seconds of this process without its children. */
    static double ownCpuSeconds() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e9;
    }

    /** Returns the processor time in seconds of everything on this machine since it started. */
    static double machineCpuSeconds() {
        try (var lines = Files.lines(Path.of("/proc/stat"))) {
            var fields = lines.findFirst().orElseThrow().split(" +", -1);
            // user, nice, system; then idle and iowait; then irq, softirq.
            return Stream.of(1, 2, 3, 6, 7)
                    .mapToDouble(field -> Long.parseLong(fields[field]) * SECONDS_PER_TICK)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /* After the name, which may hold blanks: state, …, utime, stime, cutime, cstime are the 12th to 15th. */
    private static long ticks(long pid) {
        try {
            var text = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            var fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
            return Stream.of(11, 12, 13, 14)
                    .mapToLong(field -> Long.parseLong(fields[field]))
                    .sum();
        } catch (IOException gone) {
            return 0; // Its parent has its time now.
        }
    }

    /** Returns the resident bytes of one process. */
    static double residentBytes(ProcessHandle process) throws IOException {
        return WorkNode.residentMib(process.pid()) * (1 << 20);
    }

    /** Collects garbage in a Java machine and returns the bytes of its heap that are used then. */
    static double liveHeapBytes(ProcessHandle java) throws IOException {
        jcmd(java, "GC.run");
        jcmd(java, "GC.run"); // What the first one finalised is garbage for the second.
        var used = USED.matcher(jcmd(java, "GC.heap_info"))
                .results()
                .filter(found ->
                        !found.group().contains("Metaspace") && !found.group().contains("class space"))
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
        return used * 1024.0;
    }

    @CanIgnoreReturnValue // a collection of garbage is only waited for
    private static String jcmd(ProcessHandle java, String command) throws IOException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var process = new ProcessBuilder(jcmd, Long.toString(java.pid()), command)
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("jcmd " + command + ": " + output);
            }
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
