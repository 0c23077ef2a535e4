package dev.skelly.features.payments;

import dev.skelly.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A small payment provider over HTTP, with idempotency keys. The token of a charge decides its result: {@code ok}, {@code decline}, {@code pending}, or
 * the status of an answer, such as {@code 500}.
 */
final class ProviderServer implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final Map<String, JsonObject> answers = new ConcurrentHashMap<>();
    private final AtomicInteger silent = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();

    /** Each change of an account: {@code charge <key> <cents>} or {@code refund <key> <charge>}. */
    final List<String> moves = new CopyOnWriteArrayList<>();

    /** Each request: method, path, key, authorisation. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    ProviderServer() {
        server =
                Waiting.on(vertx.createHttpServer().requestHandler(this::handle).listen(0, "127.0.0.1"));
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    /** Acts on the next requests, but does not answer. */
    void beSilent(int requests) {
        silent.set(requests);
    }

    /** Neither acts on the next requests nor answers with more than status 503. */
    void lose(int requests) {
        lost.set(requests);
    }

    private void handle(HttpServerRequest request) {
        requests.add(request.method() + " " + request.path() + " " + request.getHeader("Idempotency-Key") + " "
                + request.getHeader("Authorization"));
        request.body().onSuccess(body -> {
            if (lost.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                request.response().setStatusCode(503).end();
                return;
            }
            var answer = request.method().equals(HttpMethod.GET)
                    ? answers.getOrDefault(request.path().replace("/charges/", ""), new JsonObject().put("code", 404))
                    : post(request, body.toJsonObject());
            if (silent.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
                request.response()
                        .setStatusCode(answer.getInteger("code", 200))
                        .putHeader("Content-Type", "application/json")
                        .end(answer.toBuffer());
            }
        });
    }

    private JsonObject post(HttpServerRequest request, JsonObject body) {
        var key = request.getHeader("Idempotency-Key");
        return request.path().equals("/refunds")
                ? answers.computeIfAbsent(key, first -> refund(key, body))
                : answers.computeIfAbsent(key, first -> charge(key, body));
    }

    private JsonObject refund(String key, JsonObject body) {
        moves.add("refund " + key + " " + body.getString("chargeId"));
        return new JsonObject().put("status", "refunded").put("id", "re-" + key);
    }

    private JsonObject charge(String key, JsonObject body) {
        var token = body.getString("token");
        return switch (token) {
            case "ok" -> {
                moves.add("charge " + key + " " + body.getLong("amountCents"));
                yield new JsonObject().put("status", "charged").put("id", "ch-" + key);
            }
            case "decline" -> new JsonObject().put("status", "declined").put("reason", "no-funds");
            case "decline-402" -> new JsonObject().put("status", "declined").put("code", 402);
            case "decline-409" -> new JsonObject().put("status", "declined").put("code", 409);
            case "pending" -> new JsonObject().put("status", "pending");
            case "odd" -> new JsonObject().put("status", "charged");
            default -> new JsonObject().put("code", Integer.parseInt(token));
        };
    }

    @Override
    public void close() {
        Waiting.on(vertx.close());
    }
}
