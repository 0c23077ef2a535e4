package dev.skelly.features.notifications;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Settings of notifications, under {@code notifications}.
 *
 * @param dir folder of declared notifications, {@code *.yaml} and {@code *.yml}. A missing folder counts as empty
 * @param language tag of the language that every declaration has, for people who chose none or another
 * @param keptMax notifications kept for one person. Beyond it archived ones are deleted first, then read ones, the oldest first
 * @param retention time after which a notification is deleted
 * @param recipientsMax people notified by one event. An event with more becomes a dead letter
 */
public record NotificationsConfig(Path dir, String language, int keptMax, Duration retention, int recipientsMax) {

    /** A thousand are more than anyone reads; three months are a quarter of a year's business. */
    public static final NotificationsConfig DEFAULT =
            new NotificationsConfig(Path.of("conf", "notifications"), "en", 1_000, Duration.ofDays(90), 5_000);

    private static final int MOST = 10_000;

    /** Rejects values out of bounds. */
    public NotificationsConfig {
        if (!Languages.known(language)) {
            throw new IllegalArgumentException(
                    "notifications.language: " + language + " (expected: a language tag such as en or pt-BR)");
        }
        between("kept-max", keptMax);
        between("recipients-max", recipientsMax);
        if (retention.toDays() < 1) {
            throw new IllegalArgumentException("notifications.retention: " + retention + " (expected: a day or more)");
        }
    }

    private static void between(String key, int value) {
        if (value < 1 || value > MOST) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "notifications.%s: %d (expected: 1 to %d)", key, value, MOST));
        }
    }
}
