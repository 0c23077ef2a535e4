package dev.skelly.ratelimit;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;

/** A caller at a loopback address of its own. */
final class FloodClient {

    static final String PASSWORD = "correct horse battery staple";

    private final HttpClient http;
    private String token = "";

    /**
     * An answer.
     *
     * @param status 0 without one
     */
    record Answer(int status, Duration took) {}

    /**
     * Opens nothing yet.
     *
     * @param address from which it connects, such as 127.0.0.2
     */
    FloodClient(Vertx vertx, URI url, String address, int connections) {
        this.http = vertx.createHttpClient(
                new HttpClientOptions()
                        .setDefaultHost(url.getHost())
                        .setDefaultPort(url.getPort())
                        .setLocalAddress(address),
                new PoolOptions().setHttp1MaxSize(connections));
    }

    Future<Answer> register(String email) {
        return post("/api/auth/register", email, PASSWORD);
    }

    /** Logs in; a right password's token is used from then on. */
    Future<Answer> logIn(String email, String password) {
        return post("/api/auth/login", email, password);
    }

    private Future<Answer> post(String path, String email, String password) {
        var body = new JsonObject().put("email", email).put("password", password);
        var began = System.nanoTime();
        return http.request(HttpMethod.POST, path)
                .compose(request ->
                        request.putHeader("Content-Type", "application/json").send(body.toBuffer()))
                .compose(answer ->
                        answer.body().onSuccess(text -> keepToken(answer, text)).map(answer))
                .map(HttpClientResponse::statusCode)
                .otherwise(0)
                .map(status -> new Answer(status, since(began)));
    }

    private void keepToken(HttpClientResponse answer, Buffer text) {
        if (answer.statusCode() == 200) {
            token = text.toJsonObject().getString("accessToken");
        }
    }

    /** Opens a stream, anonymous before a login; its first frame is here when this completes. An opened one stays open. */
    Future<Answer> openStream() {
        var began = System.nanoTime();
        return http.request(HttpMethod.GET, "/api/stream")
                .compose(request -> {
                    request.putHeader("Accept", "text/event-stream");
                    return (token.isEmpty() ? request : request.putHeader("Authorization", "Bearer " + token)).send();
                })
                .compose(answer -> begun(answer).map(answer.statusCode()))
                .otherwise(0)
                .map(status -> new Answer(status, since(began)));
    }

    private static Future<Void> begun(HttpClientResponse answer) {
        if (answer.statusCode() != 200) {
            return answer.body().mapEmpty();
        }
        var first = Promise.<Void>promise();
        answer.handler(frame -> first.tryComplete()).exceptionHandler(first::tryFail);
        return first.future();
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
