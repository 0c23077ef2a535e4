package dev.skelly.embedded;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * Writes a {@code .tar.gz} whose files only their owner can read. It has its name only when it is complete and on disk. Blocks; confined to
 * one thread.
 */
final class BackupArchive implements AutoCloseable {

    private static final int FOLDER_MODE = 040700;
    private static final int FILE_MODE = 0100600;
    private static final int BUFFER_BYTES = 128 * 1024;

    private final Path file;
    private final Path incomplete;
    private final FileChannel channel;
    private final TarArchiveOutputStream tar;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

    private BackupArchive(Path file, Path incomplete, FileChannel channel, TarArchiveOutputStream tar) {
        this.file = file;
        this.incomplete = incomplete;
        this.channel = channel;
        this.tar = tar;
    }

    /**
     * Creates the incomplete file.
     *
     * @throws java.nio.file.FileAlreadyExistsException when it exists
     */
    static BackupArchive create(BackupRequest request) throws IOException {
        var incomplete = request.incomplete();
        var channel = FileChannel.open(
                incomplete,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        var fast = new GzipParameters();
        fast.setCompressionLevel(Deflater.BEST_SPEED); // The database's log of writes grows until everything is read.
        var packed = new GzipCompressorOutputStream(
                new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES), fast);
        var tar = new TarArchiveOutputStream(packed, "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        return new BackupArchive(request.file(), incomplete, channel, tar);
    }

    /** Adds an empty folder. */
    void folder(String name) throws IOException {
        var entry = new TarArchiveEntry(name + "/");
        entry.setMode(FOLDER_MODE);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    /** Adds a text as a file. */
    void text(String name, String content) throws IOException {
        var bytes = content.getBytes(StandardCharsets.UTF_8);
        begin(name, bytes.length);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    /**
     * Adds a file that others may change meanwhile, with the length that it has now. Where it becomes shorter, the rest is zeros.
     *
     * @return false when there is no such file, and nothing is added
     */
    boolean file(String name, Path from) throws IOException {
        try (var in = FileChannel.open(from, StandardOpenOption.READ)) {
            var size = in.size();
            begin(name, size);
            for (var left = size; left > 0; ) {
                left -= copyBlock(in, left);
            }
            tar.closeArchiveEntry();
            return true;
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    private int copyBlock(FileChannel in, long most) throws IOException {
        buffer.clear().limit((int) Math.min(buffer.capacity(), most));
        var read = in.read(buffer);
        if (read < 0) {
            read = buffer.limit();
            Arrays.fill(buffer.array(), 0, read, (byte) 0);
        }
        tar.write(buffer.array(), 0, read);
        return read;
    }

    private void begin(String name, long bytes) throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setMode(FILE_MODE);
        entry.setSize(bytes);
        tar.putArchiveEntry(entry);
    }

    /**
     * Writes everything to disk and gives the file its name. Returns its size.
     *
     * @throws java.nio.file.FileAlreadyExistsException when another program has made a file of that name
     */
    long complete() throws IOException {
        tar.close();
        try (var written = FileChannel.open(incomplete, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        Files.move(incomplete, file); // Replaces nothing.
        try (var folder = FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
            folder.force(true); // The new name is in the folder.
        }
        return Files.size(file);
    }

    /** Deletes the file unless it is complete. */
    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(incomplete);
    }
}
