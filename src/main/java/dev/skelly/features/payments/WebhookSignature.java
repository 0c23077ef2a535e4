package dev.skelly.features.payments;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.skelly.feature.Request;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Checks the signatures of Standard Webhooks: of the body as it came, not older than five minutes, one of several by the right secret. */
final class WebhookSignature {

    private static final List<String> HEADERS = List.of("webhook-id", "webhook-timestamp", "webhook-signature");

    private final Webhook webhook;

    /** Creates the check by a secret, {@code whsec_…}. */
    WebhookSignature(String secret) {
        try {
            webhook = new Webhook(secret);
        } catch (EmptyWebhookSecretException e) {
            throw new IllegalArgumentException("no secret (expected: one)", e);
        }
    }

    /** Returns whether the sender of a request knows the secret. */
    boolean matches(Request request) {
        var headers = HEADERS.stream()
                .filter(name -> request.header(name).isPresent())
                .collect(Collectors.toMap(
                        Function.identity(),
                        name -> List.of(request.header(name).orElseThrow())));
        return verified(request.rawBody().toString(StandardCharsets.UTF_8), headers);
    }

    private boolean verified(String body, Map<String, List<String>> headers) {
        try {
            webhook.verify(body, headers);
            return true;
        } catch (WebhookVerificationException e) {
            return false;
        }
    }
}
