package dev.skelly.features.signingkeys;

import dev.skelly.auth.AuthFeature;
import dev.skelly.auth.ListSigningKeys;
import dev.skelly.auth.RotateSigningKey;
import dev.skelly.auth.SecurityConfig;
import dev.skelly.event.Event;
import dev.skelly.feature.Access;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.Platform;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.Route;
import io.vertx.core.Future;
import java.util.List;

/** Provides the listing and rotation of the keys that sign access tokens. {@link AuthFeature} creates their table. */
public final class SigningKeysFeature implements Feature {

    private static final String PATH = "/api/admin/keys";

    private final SecurityConfig config;

    /** Creates the feature on the keys of one database. */
    public SigningKeysFeature(SecurityConfig config) {
        this.config = config;
    }

    @Override
    public String name() {
        return "keys";
    }

    @Override
    public List<Class<? extends Event>> events() {
        return List.of(SigningKeyEvent.class);
    }

    @Override
    public void install(FeatureRegistry registry, Platform platform) {
        var handlers = new SigningKeyCommandHandlers(config, platform);
        registry.command(
                "keys.rotate-signing-key",
                RotateSigningKey.class,
                RotateSigningKey.NewSigningKey.class,
                handlers::rotate);
        registry.query(
                "keys.list-signing-keys", ListSigningKeys.class, ListSigningKeys.SigningKeyList.class, handlers::list);
        registry.routes(routes(platform.commands()));
    }

    private static List<Route> routes(CommandBus commands) {
        return List.of(
                Route.of(
                                "GET",
                                PATH,
                                Access.ADMIN,
                                "List the keys that sign or verify access tokens",
                                request -> commands.query(new ListSigningKeys()).map(Response::ok))
                        .response(ResponseDescription.of(200, ListSigningKeys.SigningKeyList.class)),
                Route.of(
                                "POST",
                                PATH + "/rotate",
                                Access.ADMIN,
                                "Rotate the key that signs access tokens",
                                request -> rotate(commands, request))
                        .response(ResponseDescription.of(200, RotateSigningKey.NewSigningKey.class)
                                .positioned())
                        .idempotent());
    }

    private static Future<Response> rotate(CommandBus commands, Request request) {
        return commands.send(new RotateSigningKey(), request.cause())
                .map(done -> Response.ok(done.result()).at(done.position()));
    }
}
