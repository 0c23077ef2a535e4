package dev.skelly.sandbox;

import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.impl.WebClientInternal;

/** Creates the client of a sandbox for HTTP requests, which refuses each request before a connection is opened. */
public final class SandboxWebClient {

    private SandboxWebClient() {}

    /** Creates a client whose requests fail. */
    public static WebClient create(Vertx vertx) {
        var client = (WebClientInternal) WebClient.create(vertx);
        client.addInterceptor(
                exchange -> exchange.fail(new IllegalStateException("sandbox.enabled: no request is sent")));
        return client;
    }
}
