package dev.skelly.features.payments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * A provider that is called over HTTP, by a small protocol that an adapter to any provider can speak. Each request has {@code Authorization: Bearer
 * <key>}; each POST has {@code Idempotency-Key}, and a repetition has the response of the first.
 *
 * <pre>
 * POST /charges  {amountCents, token, reference}     key: the order's id, which is also the reference
 * GET  /charges/{key}                                404: unknown; it is posted again
 * POST /refunds  {chargeId, amountCents, reference}  key: the order's id and "-refund"
 * </pre>
 *
 * <p>A response of status 2xx is {@code {status, id, reason}}. The status of a charge is {@code charged} with an id, {@code declined} with a reason, or
 * {@code pending}: then the webhook brings the result, or a later GET. That of a refund is {@code refunded} or {@code pending}. A response of status 4xx,
 * except 409 and 429, declines a charge if its body has the status {@code declined}; its reason may be missing, and is then {@code http-<status>}. Every
 * other response, and none within the timeout, is a failure, after which the same request is sent again.
 */
final class HttpGateway implements PaymentGateway {

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;

    private final WebClient web;
    private final JsonMapper json;
    private final String url;
    private final String key;
    private final Duration timeout;

    /**
     * Creates the provider.
     *
     * @param url under which the paths of the protocol are
     * @param key what this program authenticates with
     * @param timeout of each request
     */
    HttpGateway(WebClient web, JsonMapper json, URI url, String key, Duration timeout) {
        this.web = web;
        this.json = json;
        this.url = url.toString().replaceAll("/+$", "");
        this.key = key;
        this.timeout = timeout;
    }

    @Override
    public Future<ChargeResult> charge(Charge charge) {
        return post(
                        "/charges",
                        charge.key(),
                        Map.of(
                                "amountCents", charge.amountCents(),
                                "token", charge.token(),
                                "reference", charge.order()))
                .map(this::charged);
    }

    @Override
    public Future<ChargeResult> find(Charge charge) {
        return request(HttpMethod.GET, "/charges/" + charge.key())
                .send()
                .compose(response -> response.statusCode() == NOT_FOUND
                        ? charge(charge)
                        : Future.succeededFuture(response).map(this::charged));
    }

    @Override
    public Future<RefundResult> refund(Refund refund) {
        return post(
                        "/refunds",
                        refund.key(),
                        Map.of(
                                "chargeId", refund.chargeId(),
                                "amountCents", refund.amountCents(),
                                "reference", refund.order()))
                .map(this::refunded);
    }

    private Future<HttpResponse<Buffer>> post(String path, String idempotencyKey, Map<String, Object> body) {
        return request(HttpMethod.POST, path)
                .putHeader("Idempotency-Key", idempotencyKey)
                .putHeader("Content-Type", "application/json")
                .sendBuffer(Buffer.buffer(json.valueToTree(body).toString()));
    }

    /* No redirect is followed: it would carry the key to another place. */
    private HttpRequest<Buffer> request(HttpMethod method, String path) {
        return web.requestAbs(method, url + path)
                .timeout(timeout.toMillis())
                .followRedirects(false)
                .putHeader("Authorization", "Bearer " + key)
                .putHeader("Accept", "application/json");
    }

    private ChargeResult charged(HttpResponse<Buffer> response) {
        var body = body(response);
        var status = body.path("status").asText();
        if (status.equals("declined") && (succeeded(response) || refused(response))) {
            return new ChargeResult.Declined(body.path("reason").asText("http-" + response.statusCode()));
        }
        var id = body.path("id").asText();
        if (succeeded(response) && status.equals("charged") && !id.isBlank()) {
            return new ChargeResult.Charged(id);
        }
        if (succeeded(response) && status.equals("pending")) {
            return new ChargeResult.Pending();
        }
        throw unexpected(response, "charged with an id, declined or pending");
    }

    private RefundResult refunded(HttpResponse<Buffer> response) {
        var status = body(response).path("status").asText();
        if (succeeded(response) && status.equals("refunded")) {
            return RefundResult.REFUNDED;
        }
        if (succeeded(response) && status.equals("pending")) {
            return RefundResult.PENDING;
        }
        throw unexpected(response, "refunded or pending");
    }

    private static IllegalStateException unexpected(HttpResponse<Buffer> response, String expected) {
        return new IllegalStateException(
                "the provider answers with status " + response.statusCode() + " (expected: 2xx, " + expected + ")");
    }

    private static boolean succeeded(HttpResponse<Buffer> response) {
        return response.statusCode() / 100 == 2;
    }

    private static boolean refused(HttpResponse<Buffer> response) {
        var status = response.statusCode();
        return status / 100 == 4 && status != CONFLICT && status != TOO_MANY;
    }

    /* A body that is no JSON says nothing. */
    private JsonNode body(HttpResponse<Buffer> response) {
        var bytes = response.body();
        try {
            return bytes == null ? MissingNode.getInstance() : json.readTree(bytes.getBytes());
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
