package dev.skelly.http;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.auth.JsonWebKeySet;
import dev.skelly.auth.TokenVerifier;
import dev.skelly.feature.Access;
import dev.skelly.feature.Response;
import dev.skelly.feature.Route;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.util.List;

/** Serves {@code /.well-known/jwks.json}: the public keys with which other services verify access tokens. Uses no database. */
final class JwksEndpoint implements RouterPart {

    private static final String PATH = "/.well-known/jwks.json";

    private final TokenVerifier verifier;
    private final ResponseWriter replies;

    JwksEndpoint(TokenVerifier verifier, JsonMapper json, boolean secure) {
        this.verifier = verifier;
        this.replies = new ResponseWriter(json, secure);
    }

    /** Returns the routes that it serves. */
    static List<Route> described() {
        return List.of(Route.mounted("GET", PATH, Access.ANYONE, "Get the public keys that verify access tokens")
                .tagged("security")
                .response(200, JsonWebKeySet.class));
    }

    @Override
    public List<Route> routes() {
        return described();
    }

    @Override
    public void mount(Router router) {
        router.route(PATH).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(context -> {
            RequestContext.route(context, PATH);
            replies.write(context, Response.ok(verifier.keySet()).header("Cache-Control", "public, max-age=300"))
                    .onFailure(failure -> ProblemWriter.write(context, failure));
        });
    }
}
