package dev.skelly.eventlog;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The file of seals, one a line, oldest first. Blocks. */
public final class CheckpointFile {

    private final AppendOnlyFile lines;

    /** Over a file that need not be there yet. */
    public CheckpointFile(Path file) {
        this.lines = new AppendOnlyFile(file);
    }

    /**
     * All seals.
     *
     * @throws IllegalArgumentException naming the first line that is none
     */
    public List<ChainCheckpoint> seals() {
        return lines.all().stream().map(ChainCheckpoint::parse).toList();
    }

    /** The newest seal; empty where there is none. */
    public Optional<ChainCheckpoint> newest() {
        if (!lines.exist()) {
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
    public void add(ChainCheckpoint seal) {
        lines.add(List.of(seal.line()));
    }
}
