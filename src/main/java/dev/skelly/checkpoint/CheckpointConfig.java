package dev.skelly.checkpoint;

import java.nio.file.Path;

/**
 * Settings of the checkpoints, under {@code proof}.
 *
 * @param sealFile file in which the leader records the chain's head once a day; empty for {@code seals} in the data folder
 */
public record CheckpointConfig(String sealFile) {

    /** The default settings. */
    public static final CheckpointConfig DEFAULT = new CheckpointConfig("");

    /** Returns the file, given the data folder. */
    public Path file(Path folder) {
        return sealFile.isEmpty() ? folder.resolve("seals") : Path.of(sealFile);
    }
}
