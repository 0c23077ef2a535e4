package dev.skelly.health;

import dev.skelly.config.SecretValue;

/**
 * Settings of {@code /metrics}, under {@code metrics}.
 *
 * @param token what a scraper sends as {@code Authorization: Bearer …}, at least 16 characters. Empty: anyone may read the metrics
 */
public record MetricsConfig(SecretValue token) {

    /** Anyone may read the metrics. */
    public static final MetricsConfig DEFAULT = new MetricsConfig(SecretValue.NONE);

    private static final int TOKEN_CHARS_MIN = 16;

    /** Rejects a token that is short enough to be guessed. */
    public MetricsConfig {
        if (token.present() && token.value().length() < TOKEN_CHARS_MIN) {
            throw new IllegalArgumentException("metrics.token: shorter than " + TOKEN_CHARS_MIN
                    + " characters (expected: a random text, or nothing)");
        }
    }
}
