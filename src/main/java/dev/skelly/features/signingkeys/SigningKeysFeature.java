package dev.skelly.features.signingkeys;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.auth.AuthFeature;
import dev.skelly.auth.ListSigningKeys;
import dev.skelly.auth.SecurityConfig;
import dev.skelly.auth.SigningKeyFactory;
import dev.skelly.auth.SigningKeyTable;
import dev.skelly.crypto.MasterKey;
import dev.skelly.event.Event;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.Access;
import dev.skelly.feature.AuditEntry;
import dev.skelly.feature.AuditLog;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.CommandHandler;
import dev.skelly.feature.Feature;
import dev.skelly.feature.QueryHandler;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.Route;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** Provides the listing and rotation of the keys that sign access tokens. {@link AuthFeature} creates their table. */
public final class SigningKeysFeature implements Feature {

    private static final String PATH = "/api/admin/keys";

    /* Longer than the interval at which nodes read the key set, and longer than its header lets other services cache it. */
    private static final Duration ANNOUNCED = Duration.ofMinutes(6);

    private final CommandBus commands;
    private final AuditLog audit;
    private final SigningKeyFactory keys;
    private final SigningKeyTable table;
    private final SecurityConfig config;
    private final Clock clock;

    /** Creates the feature on the keys of one database; {@code ids} generates their key ids. */
    public SigningKeysFeature(
            CommandBus commands,
            AuditLog audit,
            SecurityConfig config,
            JsonMapper json,
            Clock clock,
            Supplier<UUID> ids) {
        this.commands = commands;
        this.audit = audit;
        this.keys = new SigningKeyFactory(MasterKey.configured(config.masterKey()), ids);
        this.table = new SigningKeyTable(json);
        this.config = config;
        this.clock = clock;
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
    public List<CommandHandler<?, ?>> commands() {
        return List.of(CommandHandler.on(
                "keys.rotate-signing-key", RotateSigningKey.class, RotateSigningKey.NewSigningKey.class, this::rotate));
    }

    @Override
    public List<QueryHandler<?, ?>> queries() {
        return List.of(QueryHandler.on(
                "keys.list-signing-keys", ListSigningKeys.class, ListSigningKeys.SigningKeyList.class, this::list));
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", PATH, Access.ADMIN, "List the keys that sign or verify access tokens", this::show)
                        .response(ResponseDescription.of(200, ListSigningKeys.SigningKeyList.class)),
                Route.of(
                                "POST",
                                PATH + "/rotate",
                                Access.ADMIN,
                                "Rotate the key that signs access tokens",
                                this::rotate)
                        .response(ResponseDescription.of(200, RotateSigningKey.NewSigningKey.class)
                                .positioned())
                        .idempotent());
    }

    private Future<Response> show(Request request) {
        return commands.query(new ListSigningKeys()).map(Response::ok);
    }

    private Future<Response> rotate(Request request) {
        return commands.send(new RotateSigningKey(), request.cause())
                .map(done -> Response.ok(done.result()).at(done.position()));
    }

    private Future<ListSigningKeys.SigningKeyList> list(SqlClient sql, ListSigningKeys query) {
        return table.list(sql, clock.instant().minus(AuthFeature.retiredKeysShown(config)))
                .map(ListSigningKeys.SigningKeyList::new);
    }

    /* Serializes rotations: the second of two concurrent ones retires the first one's key. */
    private Future<RotateSigningKey.NewSigningKey> rotate(Tx tx, RotateSigningKey command) {
        var signsFrom = clock.instant().plus(ANNOUNCED);
        var key = keys.make();
        return table.retire(tx.sql(), signsFrom)
                .compose(done -> table.insertFirst(tx.sql(), key.stored(), key.jwk(), signsFrom))
                .compose(done -> audit.note(
                        tx,
                        AuditEntry.on("signing-keys:all", "signing-key.rotated")
                                .changing(Map.of(), Map.of("kid", key.stored().kid()))))
                .compose(done ->
                        tx.append(new SigningKeyEvent.Rotated(key.stored().kid(), signsFrom)))
                .map(new RotateSigningKey.NewSigningKey(key.stored().kid(), signsFrom));
    }
}
