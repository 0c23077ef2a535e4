package dev.skelly.features.payments;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import dev.skelly.config.SecretValue;
import dev.skelly.testing.WebServer;
import dev.skelly.testkit.FeatureFixture;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of the provider, over the real HTTP server: only signed ones count, and repeated ones have no second effect. */
class WebhookRouteIT {

    private static final String SECRET = secret(1);
    private static final String OTHER = secret(2);

    private final ProviderServer provider = new ProviderServer();
    private final FeatureFixture skelly = FeatureFixture.of(new PaymentsFeature(settings(SECRET)));
    private final WebServer server =
            new WebServer(WebServer.config(), skelly.features().get(0).routes(), List.of());
    private final UUID order = UUID.randomUUID();
    private final UUID customer = UUID.randomUUID();
    private final String charged = message("charge.charged", "\"id\": \"ch-7\"");

    private PaymentsConfig settings(String secret) {
        return new PaymentsConfig(
                provider.url().toString(),
                new SecretValue("of-ours"),
                new SecretValue(secret),
                Duration.ofSeconds(10),
                Duration.ZERO);
    }

    private static String secret(int filled) {
        var bytes = new byte[32];
        Arrays.fill(bytes, (byte) filled);
        return "whsec_" + Base64.getEncoder().encodeToString(bytes);
    }

    /* With spaces and an umlaut, which a form of the parsed document would not keep. */
    private String message(String type, String more) {
        return "{ \"type\":\"" + type + "\",  \"reference\": \"" + order + "\", " + more
                + ", \"reason\":\"\u00fcber\" }";
    }

    @BeforeEach
    void requestPayment() {
        await(skelly.send(new RequestPayment(order, customer, 990, "pending")));
        skelly.deliver();
    }

    @AfterEach
    void close() {
        server.close();
        skelly.close();
        provider.close();
    }

    private static String signature(String secret, long second, String body) {
        try {
            return new Webhook(secret).sign("msg-1", second, body);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private int post(String body, long second, String signature) {
        return server.send(server.request("/api/payments/webhook")
                        .header("Content-Type", "application/json")
                        .header("webhook-id", "msg-1")
                        .header("webhook-timestamp", String.valueOf(second))
                        .header("webhook-signature", signature)
                        .POST(BodyPublishers.ofString(body))
                        .build())
                .statusCode();
    }

    private int post(String body) {
        var now = now();
        return post(body, now, signature(SECRET, now, body));
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    private List<String> events() {
        return skelly.texts("select substr(type, 9) from event order by subject_version");
    }

    @Test
    void aChargeIsRecordedOnce() {
        assertThat(post(charged)).isEqualTo(204);
        assertThat(post(charged)).isEqualTo(204);

        assertThat(events()).containsExactly("requested", "processed");
    }

    @Test
    void aRefusalIsRecorded() {
        assertThat(post(message("charge.declined", "\"id\": \"x\""))).isEqualTo(204);

        assertThat(events()).containsExactly("requested", "failed");
        assertThat(skelly.texts("select data->>'reason' from event where type = 'payment.failed'"))
                .containsExactly("\u00fcber");
    }

    @Test
    void aRefundIsRecordedOnce() {
        assertThat(post(charged)).isEqualTo(204);
        await(skelly.send(new WithdrawPayment(order, customer)));
        for (var n = 0; n < 2; n++) {
            assertThat(post(message("refund.refunded", "\"id\": \"re-1\""))).isEqualTo(204);
        }
        skelly.deliver();

        assertThat(events()).containsExactly("requested", "processed", "withdrawn", "refund-requested", "refunded");
    }

    @Test
    void otherMessagesHaveNoEffect() {
        assertThat(post(message("charge.disputed", "\"id\": \"x\""))).isEqualTo(204);
        assertThat(post(charged.replace(order.toString(), "of-nobody"))).isEqualTo(204);
        assertThat(post(charged.replace(order.toString(), UUID.randomUUID().toString())))
                .isEqualTo(204);

        assertThat(events()).containsExactly("requested");
    }

    @Test
    void oneOfSeveralSignaturesIsEnough() {
        var now = now();
        var both = signature(OTHER, now, charged) + " v2,other " + signature(SECRET, now, charged);

        assertThat(post(charged, now, both)).isEqualTo(204);
        assertThat(events()).containsExactly("requested", "processed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1", "v1,", ",", "v1,AAAA", "v1a,AAAA v1,AAAA", "  "})
    void aMalformedSignatureIsRefused(String signature) {
        assertThat(post(charged, now(), signature)).isEqualTo(401);
        assertThat(events()).containsExactly("requested");
    }

    @Test
    void aWrongSignatureIsRefused() {
        var now = now();
        assertThat(post(charged, now, signature(OTHER, now, charged)))
                .as("secret")
                .isEqualTo(401);
        assertThat(post(charged, now + 1, signature(SECRET, now, charged)))
                .as("time")
                .isEqualTo(401);
        assertThat(post(charged + " ", now, signature(SECRET, now, charged)))
                .as("a space")
                .isEqualTo(401);
        assertThat(post(charged.replace("ch-7", "ch-8"), now, signature(SECRET, now, charged)))
                .as("body")
                .isEqualTo(401);
        assertThat(post(charged, now - 310, signature(SECRET, now - 310, charged)))
                .as("old")
                .isEqualTo(401);
        assertThat(post(charged, now + 310, signature(SECRET, now + 310, charged)))
                .as("future")
                .isEqualTo(401);
        assertThat(post(charged, now - 280, signature(SECRET, now - 280, charged)))
                .as("recent")
                .isEqualTo(204);
    }

    @Test
    void anUnsignedMessageIsRefusedWithoutDetail() {
        var answer = server.post("/api/payments/webhook", charged);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("wrong-signature").doesNotContain("timestamp", "header", "secret");
        assertThat(events()).containsExactly("requested");
    }

    @Test
    void withoutASecretThereIsNoWebhook() {
        try (var none = FeatureFixture.of(new PaymentsFeature(PaymentsConfig.DEFAULT));
                var bare =
                        new WebServer(WebServer.config(), none.features().get(0).routes(), List.of())) {
            assertThat(bare.post("/api/payments/webhook", charged).statusCode()).isEqualTo(404);
        }
    }
}
