package dev.skelly.crypto;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings of privacy, under {@code privacy}.
 *
 * @param keyLife how long a node remembers an opened key of a subject; at most a minute
 * @param keysMax how many of them
 * @param retentionSweep how often the leader looks for data whose time is over
 * @param erasureFile where the leader notes who was erased; empty for {@code erased} in the data folder
 */
public record PrivacyConfig(Duration keyLife, int keysMax, Duration retentionSweep, String erasureFile) {

    private static final Duration KEY_LIFE_MAX = Duration.ofSeconds(60);

    /** The default settings. */
    public static final PrivacyConfig DEFAULT =
            new PrivacyConfig(Duration.ofSeconds(60), 10_000, Duration.ofMinutes(1), "");

    /** Rejects a life beyond a minute, and limits below one. */
    public PrivacyConfig {
        if (keyLife.isNegative() || keyLife.compareTo(KEY_LIFE_MAX) > 0) {
            throw new IllegalArgumentException("privacy.key-life: " + keyLife + " (expected: 0 to 60 s)");
        }
        if (keysMax < 1) {
            throw new IllegalArgumentException("privacy.keys-max: " + keysMax + " (expected: at least 1)");
        }
        if (retentionSweep.isZero() || retentionSweep.isNegative()) {
            throw new IllegalArgumentException(
                    "privacy.retention-sweep: " + retentionSweep + " (expected: more than 0)");
        }
    }

    /** Returns the journal of erasures in the data folder. */
    public Path erasureFile(Path folder) {
        return erasureFile.isEmpty() ? folder.resolve("erased") : Path.of(erasureFile);
    }
}
