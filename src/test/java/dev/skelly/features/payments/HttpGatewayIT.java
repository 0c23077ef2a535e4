package dev.skelly.features.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.event.Json;
import dev.skelly.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClient;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol of a provider over HTTP, against a real server. */
class HttpGatewayIT {

    private static final ProviderServer PROVIDER = new ProviderServer();
    private static final Vertx VERTX = Vertx.vertx();
    private static final HttpGateway GATEWAY = gateway(PROVIDER.url(), Duration.ofSeconds(10));

    private final UUID order = UUID.randomUUID();

    @AfterAll
    static void close() {
        PROVIDER.close();
        Waiting.on(VERTX.close());
    }

    private static HttpGateway gateway(URI url, Duration timeout) {
        return new HttpGateway(WebClient.create(VERTX), Json.mapper(), url, "of-ours", timeout);
    }

    private PaymentGateway.Charge charge(String token) {
        return new PaymentGateway.Charge(order, 990, token, Instant.EPOCH);
    }

    private static void assertCharged(PaymentGateway.Charge charge, ChargeResult result) {
        assertThat(result).isEqualTo(new ChargeResult.Charged("ch-" + charge.key()));
        assertThat(PROVIDER.moves)
                .filteredOn(move -> move.contains(charge.key()))
                .containsExactly("charge " + charge.key() + " 990");
    }

    @Test
    void chargesWithTheKeyOfTheOrderAndOnce() {
        var first = Waiting.on(GATEWAY.charge(charge("ok")));
        var again = Waiting.on(GATEWAY.charge(charge("ok")));

        assertThat(again).isEqualTo(first);
        assertCharged(charge("ok"), first);
        assertThat(PROVIDER.requests).contains("POST /charges " + order + " Bearer of-ours");
    }

    @Test
    void chargesOnceWhenTheAnswerIsLost() {
        PROVIDER.beSilent(1);
        assertThat(Waiting.failure(
                        gateway(PROVIDER.url(), Duration.ofMillis(300)).charge(charge("ok"))))
                .isNotNull();

        assertCharged(charge("ok"), Waiting.on(GATEWAY.charge(charge("ok"))));
    }

    @Test
    void findsAChargeAndAsksForOneThatIsUnknown() {
        assertCharged(charge("ok"), Waiting.on(GATEWAY.find(charge("ok"))));
        assertCharged(charge("ok"), Waiting.on(GATEWAY.find(charge("ok"))));
        assertThat(PROVIDER.requests)
                .filteredOn(request -> request.contains(order.toString()))
                .containsExactly(
                        "GET /charges/" + order + " null Bearer of-ours",
                        "POST /charges " + order + " Bearer of-ours",
                        "GET /charges/" + order + " null Bearer of-ours");
    }

    @Test
    void readsRefusalsAndPendingCharges() {
        assertThat(Waiting.on(GATEWAY.charge(charge("decline")))).isEqualTo(new ChargeResult.Declined("no-funds"));
        assertThat(Waiting.on(GATEWAY.find(charge("decline")))).isEqualTo(new ChargeResult.Declined("no-funds"));
    }

    @Test
    void aRefusalMayHaveAStatusOnly() {
        assertThat(Waiting.on(GATEWAY.charge(charge("decline-402")))).isEqualTo(new ChargeResult.Declined("http-402"));
    }

    @Test
    void aPendingChargeHasNoResult() {
        assertThat(Waiting.on(GATEWAY.charge(charge("pending")))).isEqualTo(new ChargeResult.Pending());
        assertThat(Waiting.on(GATEWAY.find(charge("pending")))).isEqualTo(new ChargeResult.Pending());
    }

    @ParameterizedTest
    @ValueSource(strings = {"400", "401", "404", "409", "429", "500", "503", "302", "decline-409", "odd"})
    void otherAnswersAreFailures(String token) {
        assertThat(Waiting.failure(GATEWAY.charge(charge(token)))).hasMessageContaining("the provider answers");
    }

    @Test
    void aProviderThatIsNotThereIsAFailure() {
        var gone = new ProviderServer();
        var url = gone.url();
        gone.close();

        assertThat(Waiting.failure(gateway(url, Duration.ofSeconds(5)).charge(charge("ok"))))
                .isNotNull();
    }

    @Test
    void givesBackWithAKeyOfItsOwnAndOnce() {
        var refund = new PaymentGateway.Refund(order, "ch-7", 990);
        PROVIDER.beSilent(1);
        assertThat(Waiting.failure(
                        gateway(PROVIDER.url(), Duration.ofMillis(300)).refund(refund)))
                .isNotNull();

        assertThat(Waiting.on(GATEWAY.refund(refund))).isEqualTo(RefundResult.REFUNDED);
        assertThat(Waiting.on(GATEWAY.refund(refund))).isEqualTo(RefundResult.REFUNDED);
        assertThat(PROVIDER.moves)
                .filteredOn(move -> move.contains(order.toString()))
                .containsExactly("refund " + order + "-refund ch-7");
    }
}
