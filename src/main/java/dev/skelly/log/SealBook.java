package dev.skelly.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The file of seals, one a line, oldest first. Blocks. */
public final class SealBook {

    private final Path file;

    /** Over a file that need not be there yet. */
    public SealBook(Path file) {
        this.file = file;
    }

    /**
     * All seals.
     *
     * @throws IllegalArgumentException naming the first line that is none
     */
    public List<Seal> seals() {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .map(Seal::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the seals cannot be read: " + file, e);
        }
    }

    /** The newest seal; empty where there is none. */
    public Optional<Seal> newest() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var all = seals();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** Whether there is a seal of a day, by UTC, or a later one. */
    public boolean has(LocalDate day) {
        return newest().filter(seal ->
                        !LocalDate.ofInstant(seal.time(), ZoneOffset.UTC).isBefore(day))
                .isPresent();
    }

    /** Adds a line; it is on the disk when this returns. */
    public void add(Seal seal) {
        try {
            var folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                var line = ByteBuffer.wrap((seal.line() + "\n").getBytes(StandardCharsets.UTF_8));
                while (line.hasRemaining()) {
                    var written = channel.write(line);
                    if (written < 0) {
                        throw new IOException("nothing was written");
                    }
                }
                channel.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the seal cannot be written: " + file, e);
        }
    }
}
