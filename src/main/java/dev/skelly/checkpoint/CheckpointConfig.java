package dev.skelly.checkpoint;

import java.nio.file.Path;

/**
 * Settings of the proof, under {@code proof}.
 *
 * @param sealFile where the leader notes the chain's head once a day; empty for {@code seals} in the data folder
 */
public record CheckpointConfig(String sealFile) {

    /** What is shipped. */
    public static final CheckpointConfig DEFAULT = new CheckpointConfig("");

    /** The file, given the data folder. */
    public Path file(Path folder) {
        return sealFile.isEmpty() ? folder.resolve("seals") : Path.of(sealFile);
    }
}
