package dev.skelly.crypto;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings of privacy, under {@code privacy}.
 *
 * @param keyLife time for which a node keeps a decrypted key of a person; at most 60 s
 * @param keysMax decrypted keys that a node keeps
 * @param retentionSweep interval at which the leader deletes data whose retention is over
 * @param erasureFile file to which the leader writes the ids of erased people; empty for {@code erased} in the data folder. Best on another
 *     disk than the database: after an older backup is restored, the next start repeats the erasures
 */
public record PrivacyConfig(Duration keyLife, int keysMax, Duration retentionSweep, String erasureFile) {

    private static final Duration KEY_LIFE_MAX = Duration.ofSeconds(60);

    /** The default settings. */
    public static final PrivacyConfig DEFAULT =
            new PrivacyConfig(Duration.ofSeconds(60), 10_000, Duration.ofMinutes(1), "");

    /** Rejects a {@code keyLife} longer than a minute, and values out of bounds. */
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
