package dev.skelly.proof;

import java.nio.file.Path;

/**
 * Settings of the proof, under {@code proof}.
 *
 * @param sealFile where the leader notes the chain's head once a day; empty for {@code seals} in the data folder
 */
public record ProofConfig(String sealFile) {

    /** What is shipped. */
    public static final ProofConfig DEFAULT = new ProofConfig("");

    /** The file, given the data folder. */
    public Path file(Path folder) {
        return sealFile.isEmpty() ? folder.resolve("seals") : Path.of(sealFile);
    }
}
