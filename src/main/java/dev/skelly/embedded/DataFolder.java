package dev.skelly.embedded;

import dev.skelly.config.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Locks the data folder of one Skelly for as long as it runs: two processes over the same data would corrupt it.
 *
 * <p>The operating system releases the lock when the process dies, for any reason. Blocks.
 */
public final class DataFolder implements AutoCloseable {

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;
    private final GeneratedSecrets secrets;

    private DataFolder(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
        this.secrets = new GeneratedSecrets(path.resolve("secrets"));
    }

    /**
     * Creates the folder, readable to its owner only, and takes its lock.
     *
     * @throws IllegalStateException when another process holds it; the message names the process
     * @throws UncheckedIOException when the folder cannot be written
     */
    public static DataFolder open(Path folder) {
        var path = folder.toAbsolutePath().normalize();
        try {
            OwnerOnly.createFolder(path);
            return lock(path.toRealPath());
        } catch (IOException e) {
            throw new UncheckedIOException("data.dir: " + path + " (expected: a folder that can be written)", e);
        }
    }

    private static DataFolder lock(Path path) throws IOException {
        var file = path.resolve("skelly.lock");
        var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        var lock = tryLock(channel);
        if (lock == null) {
            var holder = Files.readString(file).strip();
            channel.close();
            throw new IllegalStateException(
                    "data.dir: " + path + " is in use by process " + holder + " (expected: one Skelly a folder)");
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
        return new DataFolder(path, channel, lock);
    }

    /** Returns whether a process, including this one, holds the folder. */
    static boolean inUse(Path folder) throws IOException {
        var file = folder.resolve("skelly.lock");
        if (!Files.exists(file)) {
            return false;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                var lock = tryLock(channel)) {
            return lock == null;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // Held by this process.
        }
    }

    /** Returns the absolute path of the folder, without links. */
    public Path path() {
        return path;
    }

    GeneratedSecrets secrets() {
        return secrets;
    }

    /** Returns the secret of this name. The first call creates it, later calls return the same. */
    public String secret(String name) {
        return secrets.get(name);
    }

    /** Releases the folder. */
    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release " + path, e);
        }
    }
}
