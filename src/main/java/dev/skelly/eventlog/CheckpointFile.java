package dev.skelly.eventlog;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Stores checkpoints in a file, one a line, oldest first. Blocks. */
public final class CheckpointFile {

    private final AppendOnlyFile lines;

    /** Creates an accessor to a file that may not exist yet. */
    public CheckpointFile(Path file) {
        this.lines = new AppendOnlyFile(file);
    }

    /**
     * Reads all checkpoints.
     *
     * @throws IllegalArgumentException naming the first malformed line
     */
    public List<ChainCheckpoint> seals() {
        return lines.all().stream().map(ChainCheckpoint::parse).toList();
    }

    /** Returns the newest checkpoint; empty if there is none. */
    public Optional<ChainCheckpoint> newest() {
        if (!lines.exist()) {
            return Optional.empty();
        }
        var all = seals();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** Returns whether there is a checkpoint of a day, in UTC, or a later one. */
    public boolean has(LocalDate day) {
        return newest().filter(seal ->
                        !LocalDate.ofInstant(seal.time(), ZoneOffset.UTC).isBefore(day))
                .isPresent();
    }

    /** Appends a checkpoint; it is on disk when this returns. */
    public void add(ChainCheckpoint seal) {
        lines.add(List.of(seal.line()));
    }
}
