package dev.skelly.features.profiles;

/**
 * Settings of the names of people, under {@code profiles}.
 *
 * @param perMinute ids that one account may ask for in a minute, on each node; at least the 100 that one request may have
 */
public record ProfilesConfig(int perMinute) {

    /** The default settings. */
    public static final ProfilesConfig DEFAULT = new ProfilesConfig(600);

    private static final int PER_MINUTE_MAX = 1_000_000;

    /** Rejects a value that a full request would exceed. */
    public ProfilesConfig {
        if (perMinute < ProfileRoutes.IDS_MAX || perMinute > PER_MINUTE_MAX) {
            throw new IllegalArgumentException("profiles.per-minute: " + perMinute + " (expected: "
                    + ProfileRoutes.IDS_MAX + " to " + PER_MINUTE_MAX + ")");
        }
    }
}
