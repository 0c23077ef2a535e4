package dev.skelly.checkpoint;

import java.nio.file.Path;

/**
 * Settings of the checkpoints of the hash chain, under {@code proof}.
 *
 * @param sealFile file to which the leader writes the newest hash of the log once a day; empty for {@code seals} in the data folder. Best
 *     on a disk of its own
 */
public record CheckpointConfig(String sealFile) {

    /** The defaults. */
    public static final CheckpointConfig DEFAULT = new CheckpointConfig("");

    /** Returns the path of the file, given the data folder. */
    public Path file(Path folder) {
        return sealFile.isEmpty() ? folder.resolve("seals") : Path.of(sealFile);
    }
}
