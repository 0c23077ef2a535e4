package dev.skelly.features.payments;

import dev.skelly.config.SecretValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/**
 * Settings of payments, under {@code payments}.
 *
 * @param gateway {@code sandbox}, or the URL of the provider
 * @param key what authenticates this program at the provider; unused in the sandbox
 * @param webhookSecret what the provider signs webhooks with, by Standard Webhooks: {@code whsec_} and Base64 of 24 to 64 bytes. Empty: no webhooks
 * @param timeout of a request to the provider
 * @param sandboxDelay after which slow charges of the sandbox are made
 */
public record PaymentsConfig(
        String gateway, SecretValue key, SecretValue webhookSecret, Duration timeout, Duration sandboxDelay) {

    static final String SANDBOX = "sandbox";

    private static final String GROUP = "payments.";
    private static final String SECRET_PREFIX = "whsec_";
    private static final int SECRET_BYTES_MIN = 24;
    private static final int SECRET_BYTES_MAX = 64;
    private static final Duration TIMEOUT_MIN = Duration.ofMillis(100);
    private static final Duration TIMEOUT_MAX = Duration.ofSeconds(20); // A worker has a minute by default.
    private static final Duration DELAY_MAX = Duration.ofHours(1);

    /** The default settings. */
    public static final PaymentsConfig DEFAULT = new PaymentsConfig(
            SANDBOX, SecretValue.NONE, SecretValue.NONE, Duration.ofSeconds(10), Duration.ofSeconds(2));

    /** Rejects values out of bounds. */
    public PaymentsConfig {
        if (!gateway.equals(SANDBOX) && !isUrl(gateway)) {
            throw new IllegalArgumentException(GROUP + "gateway: " + (gateway.isEmpty() ? "empty" : "no such value")
                    + " (expected: sandbox, or an http or https URL without login, query and fragment)");
        }
        if (!gateway.equals(SANDBOX) && !key.present()) {
            throw new IllegalArgumentException(GROUP + "key: empty (expected: the key of the provider)");
        }
        if (webhookSecret.present() && !isSecret(webhookSecret.value())) {
            throw new IllegalArgumentException(GROUP + "webhook-secret: " + webhookSecret + " (expected: "
                    + SECRET_PREFIX + " and Base64 of " + SECRET_BYTES_MIN + " to " + SECRET_BYTES_MAX + " bytes)");
        }
        if (timeout.compareTo(TIMEOUT_MIN) < 0 || timeout.compareTo(TIMEOUT_MAX) > 0) {
            throw new IllegalArgumentException(GROUP + "timeout: " + timeout + " (expected: 100 ms to 20 s)");
        }
        if (sandboxDelay.isNegative() || sandboxDelay.compareTo(DELAY_MAX) > 0) {
            throw new IllegalArgumentException(
                    GROUP + "sandbox-delay: " + sandboxDelay + " (expected: 0 s to an hour)");
        }
    }

    /** Returns the URL of the provider; empty for the sandbox. */
    Optional<URI> url() {
        return gateway.equals(SANDBOX) ? Optional.empty() : Optional.of(URI.create(gateway));
    }

    private static boolean isUrl(String text) {
        try {
            var url = new URI(text);
            return ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isSecret(String text) {
        try {
            var bytes = Base64.getDecoder()
                    .decode(text.startsWith(SECRET_PREFIX) ? text.substring(SECRET_PREFIX.length()) : "");
            return bytes.length >= SECRET_BYTES_MIN && bytes.length <= SECRET_BYTES_MAX;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
