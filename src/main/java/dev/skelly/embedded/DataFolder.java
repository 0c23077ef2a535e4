package dev.skelly.embedded;

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
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The folder under which one Skelly writes, held by a lock for as long as it runs: two at once over the same data would ruin it.
 *
 * <p>The operating system drops the lock when the process dies, however it dies. Blocks.
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
     * Makes the folder, readable to its owner only, and takes its lock.
     *
     * @throws IllegalStateException when another process holds it; the message says which
     * @throws UncheckedIOException when the folder cannot be written
     */
    public static DataFolder open(Path folder) {
        var path = folder.toAbsolutePath().normalize();
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(path);
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            }
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

    /** Whether some process, this one included, has taken the folder. */
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
            return null; // Held by this very process.
        }
    }

    /** The folder itself, absolute and without links. */
    public Path path() {
        return path;
    }

    GeneratedSecrets secrets() {
        return secrets;
    }

    /** A secret of that name, made when first asked for, the same ever after. */
    public String secret(String name) {
        return secrets.get(name);
    }

    /** Gives the folder free for another. */
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
