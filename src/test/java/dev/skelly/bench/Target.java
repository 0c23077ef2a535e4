package dev.skelly.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** The node under load, over a bounded number of connections. */
final class Target {

    private static final String PASSWORD = "correct horse battery staple";
    private static final AtomicInteger PEOPLE = new AtomicInteger();

    private final HttpClient http;
    private final HttpClient streams;

    Target(Vertx vertx, URI url, int connections, int streamsMax) {
        var options = new HttpClientOptions().setDefaultHost(url.getHost()).setDefaultPort(url.getPort());
        this.http = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(connections));
        this.streams = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(Math.max(1, streamsMax)));
    }

    /** Registers somebody new; the address. Fails when the answer is not 201. */
    Future<String> register() {
        var email = "bench-" + PEOPLE.incrementAndGet() + "@example.org";
        return send(HttpMethod.POST, "/api/auth/register", "", UUID.randomUUID(), credentials(email), 201)
                .map(body -> email);
    }

    /** Signs in; the access token. */
    Future<String> signIn(String email) {
        return send(HttpMethod.POST, "/api/auth/login", "", UUID.randomUUID(), credentials(email), 200)
                .map(body -> body.toJsonObject().getString("accessToken"));
    }

    private static JsonObject credentials(String email) {
        return new JsonObject().put("email", email).put("password", PASSWORD);
    }

    /** One durable change by one person. */
    Future<Buffer> change(String token, UUID op, int value) {
        var body = new JsonObject().put("theme", "theme-" + value);
        return send(HttpMethod.PUT, "/api/me/preferences", token, op, body, 200);
    }

    private Future<Buffer> send(HttpMethod method, String path, String token, UUID op, JsonObject body, int expected) {
        return send(method, path, token, op, body.toBuffer(), expected);
    }

    /** Posts JSON. Fails when the answer has another status than expected. */
    Future<Buffer> post(String path, String token, String body, int expected) {
        return send(HttpMethod.POST, path, token, UUID.randomUUID(), Buffer.buffer(body), expected);
    }

    /** Reads what everyone may read. */
    Future<Buffer> get(String path) {
        return send(HttpMethod.GET, path, "", UUID.randomUUID(), Buffer.buffer(), 200);
    }

    private Future<Buffer> send(HttpMethod method, String path, String token, UUID op, Buffer body, int expected) {
        return http.request(method, path)
                .compose(request -> {
                    request.putHeader("Content-Type", "application/json").putHeader("X-Request-Id", op.toString());
                    if (!token.isEmpty()) {
                        request.putHeader("Authorization", "Bearer " + token);
                    }
                    return request.send(body);
                })
                .compose(answer -> answer.body()
                        .compose(text -> answer.statusCode() == expected
                                ? Future.succeededFuture(text)
                                : Future.failedFuture(answer.statusCode() + " " + text)));
    }

    /** Opens a stream from now on; the caller sets the handler at once. */
    Future<HttpClientResponse> stream(String token) {
        return streams.request(HttpMethod.GET, "/api/stream")
                .compose(request -> request.putHeader("Accept", "text/event-stream")
                        .putHeader("Authorization", "Bearer " + token)
                        .send())
                .compose(answer -> answer.statusCode() == 200
                        ? Future.succeededFuture(answer)
                        : Future.failedFuture("stream " + answer.statusCode()));
    }
}
