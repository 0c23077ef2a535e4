package dev.skelly.sandbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a sandbox is made of.
 *
 * @param folder a new folder, or an empty one
 * @param to the last position that is copied, or an RFC 3339 time; null for the newest event
 * @param port of HTTP; 0 for a free one at each start
 */
public record SandboxRequest(Path folder, @Nullable String to, int port) {

    private static final int PORT_MAX = 65_535;

    /**
     * Returns what is wrong without a look at the log, one sentence each.
     *
     * @param data the data folder of the original
     */
    public List<String> faults(Path data) {
        var faults = new ArrayList<>(SandboxFolder.faults(folder, data));
        if (port < 0 || port > PORT_MAX) {
            faults.add("--port: " + port + " (expected: 0 to " + PORT_MAX + ")");
        }
        var unused = SandboxPoint.parse(to, faults); // Checks the syntax.
        return faults;
    }
}
