package dev.skelly.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs without root privileges, because PostgreSQL refuses to run as root. Blocks.
 *
 * <p>An ordinary user runs them directly. Root runs them in a user namespace without any mapping: the process has no privileges there, but
 * still owns the files of root, so no file changes its owner. When such namespaces are forbidden (as in many containers), the files are
 * given to the system user {@code nobody}.
 */
enum UnprivilegedUser {
    AS_IS,
    NAMESPACE,
    NOBODY;

    private static final int ROOT_ID = 0;
    private static final int NOBODY_ID = 65534;
    private static final int PROBE_SECONDS_MAX = 5;

    /** Finds the method that works on this machine, by trying each. */
    static UnprivilegedUser find() {
        if (!runsAsRoot()) {
            return AS_IS;
        }
        for (var way : List.of(NAMESPACE, NOBODY)) {
            if (succeeds(way.command(List.of("true")))) {
                return way;
            }
        }
        throw new IllegalStateException(
                "PostgreSQL cannot run as root, and neither unshare nor setpriv works here (expected: an ordinary user, or db.url)");
    }

    private static boolean runsAsRoot() {
        try {
            // Not /proc/self, which is a link that belongs to root.
            var self = Path.of("/proc/" + ProcessHandle.current().pid());
            return FolderTree.owner(self) == ROOT_ID;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot determine the current user", e);
        }
    }

    /**
     * Returns the command that runs {@code program} without privileges, and outside the terminal's process group, so that Ctrl-C does not
     * reach it.
     */
    List<String> command(List<String> program) {
        var command = new ArrayList<String>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            command.add("/usr/bin/setsid");
        }
        command.addAll(prefix());
        command.addAll(program);
        return command;
    }

    private List<String> prefix() {
        return switch (this) {
            case AS_IS -> List.of();
            case NAMESPACE -> List.of("unshare", "-U", "--");
            case NOBODY -> List.of("setpriv", "--reuid=" + NOBODY_ID, "--regid=" + NOBODY_ID, "--clear-groups", "--");
        };
    }

    /** Prepares the folder so that programs run by this method own it. */
    void prepare(Path folder) {
        if (this == AS_IS) {
            return;
        }
        var owner = this == NOBODY ? NOBODY_ID : ROOT_ID;
        try {
            if (this == NOBODY) {
                Files.setPosixFilePermissions(folder.resolveSibling("."), PosixFilePermissions.fromString("rwx--x--x"));
            }
            if (FolderTree.owner(folder) != owner) {
                FolderTree.own(folder, owner);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot hand over " + folder, e);
        }
    }

    private static boolean succeeds(List<String> command) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(PROBE_SECONDS_MAX, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException e) {
            return false; // The program does not exist here.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
