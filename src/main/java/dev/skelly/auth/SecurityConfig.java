package dev.skelly.auth;

import dev.skelly.crypto.MasterKey;
import dev.skelly.crypto.MasterKeySource;
import java.time.Duration;

/**
 * Settings of tokens and passwords, under {@code security}.
 *
 * @param masterKey base64 of 32 bytes that encrypt the keys in the database, then former ones after commas until {@code skelly keys
 *     rotate-master} ran. Empty: {@link MasterKeySource} supplies it. A secret: better as {@code SKELLY_SECURITY_MASTER_KEY_FILE}
 * @param issuer claim {@code iss} of access tokens; the same on all nodes
 * @param audience claim {@code aud} of access tokens; the same on all nodes
 * @param tokenLife validity of an access token, at most one day
 * @param tokenLeeway accepted difference between the clocks of nodes
 * @param passwordMemoryKib memory of one Argon2id run in KiB (OWASP Password Storage: 19456 with 2 iterations)
 * @param passwordIterations iterations of one Argon2id run
 * @param passwordsAtOnce Argon2id runs of logins at once, and half as many, at least one, of new passwords; 0 for the number of processors
 * @param passwordsWaitingMax Argon2id runs of logins that may wait, and as many of new passwords. Beyond it, the caller that waits for most
 *     gets 503
 */
public record SecurityConfig(
        String masterKey,
        String issuer,
        String audience,
        Duration tokenLife,
        Duration tokenLeeway,
        int passwordMemoryKib,
        int passwordIterations,
        int passwordsAtOnce,
        int passwordsWaitingMax) {

    static final Duration TOKEN_LIFE_MAX = Duration.ofDays(1);

    /** The default settings. */
    public static final SecurityConfig DEFAULT = new SecurityConfig(
            "", "skelly", "skelly", Duration.ofMinutes(10), Duration.ofSeconds(30), 19_456, 2, 0, 50);

    private static final int MEMORY_KIB_MIN = 1_024; // Far too little in production, enough for tests.

    /** Rejects a master key of another size, and values out of bounds. */
    public SecurityConfig {
        if (!masterKey.isEmpty() && !MasterKey.wellFormed(masterKey)) {
            throw new IllegalArgumentException(
                    "security.master-key: not shown (expected: base64 of 32 bytes, or several with commas)");
        }
        named("security.issuer", issuer);
        named("security.audience", audience);
        if (tokenLife.compareTo(Duration.ofSeconds(1)) < 0 || tokenLife.compareTo(TOKEN_LIFE_MAX) > 0) {
            throw new IllegalArgumentException("security.token-life: " + tokenLife + " (expected: 1 s to 1 d)");
        }
        if (tokenLeeway.isNegative()) {
            throw new IllegalArgumentException("security.token-leeway: " + tokenLeeway + " (expected: 0 or more)");
        }
        atLeast("security.password-memory-kib", passwordMemoryKib, MEMORY_KIB_MIN);
        atLeast("security.password-iterations", passwordIterations, 1);
        atLeast("security.passwords-at-once", passwordsAtOnce, 0);
        atLeast("security.passwords-waiting-max", passwordsWaitingMax, 0);
    }

    /** Returns the same settings with another master key. */
    public SecurityConfig withMasterKey(String key) {
        return new SecurityConfig(
                key,
                issuer,
                audience,
                tokenLife,
                tokenLeeway,
                passwordMemoryKib,
                passwordIterations,
                passwordsAtOnce,
                passwordsWaitingMax);
    }

    private static void named(String key, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(key + ": empty (expected: a name)");
        }
    }

    private static void atLeast(String key, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(key + ": " + value + " (expected: at least " + least + ")");
        }
    }

    /** Omits the master key. */
    @Override
    public String toString() {
        return "SecurityConfig[issuer=" + issuer + ", audience=" + audience + ", tokenLife=" + tokenLife + ", sealed="
                + !masterKey.isEmpty() + "]";
    }
}
