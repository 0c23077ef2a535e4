package dev.skelly.feature.accounts;

import dev.skelly.event.Cause;
import dev.skelly.event.Event;
import dev.skelly.feature.CommandBinding;
import dev.skelly.feature.Commands;
import dev.skelly.feature.Feature;
import dev.skelly.feature.Problem;
import dev.skelly.feature.QueryBinding;
import dev.skelly.feature.Route;
import dev.skelly.feature.Worker;
import dev.skelly.mail.Postbox;
import dev.skelly.security.AuthConfig;
import dev.skelly.security.Passwords;
import dev.skelly.security.Tokens;
import io.vertx.core.Future;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** People who can sign in: registration, sign-ins, preferences. */
public final class Accounts implements Feature {

    private final AccountCommands accounts;
    private final SessionCommands sessions;
    private final List<Route> routes;
    private final List<Worker> workers;

    /**
     * The room.
     *
     * @param tokens asked only where commands are carried out
     * @param publicUrl how browsers reach the application; asked when a mail is written
     * @param ids UUIDv7
     */
    public Accounts(
            Commands commands,
            Passwords passwords,
            Supplier<Tokens> tokens,
            Postbox postbox,
            Supplier<URI> publicUrl,
            AuthConfig config,
            Clock clock,
            Supplier<UUID> ids) {
        var random = new SecureRandom();
        this.accounts = new AccountCommands(config, clock);
        this.sessions = new SessionCommands(tokens, config, clock, random);
        this.routes = Stream.of(
                        new RegistrationRoutes(commands, passwords, config, ids).all(),
                        new SessionRoutes(commands, passwords, ids).all(),
                        new UserRoutes(commands).all(),
                        new PreferencesRoutes(commands).all())
                .flatMap(List::stream)
                .toList();
        this.workers =
                List.of(new WelcomeMailWorker(commands, postbox, publicUrl, random), new InitialisePreferencesWorker());
    }

    @Override
    public String name() {
        return "accounts";
    }

    @Override
    public List<Class<? extends Event>> events() {
        return List.of(AccountEvent.class);
    }

    @Override
    public List<CommandBinding<?, ?>> commands() {
        return Stream.of(accounts.commands(), sessions.commands(), PreferencesCommands.commands())
                .<CommandBinding<?, ?>>flatMap(List::stream)
                .toList();
    }

    @Override
    public List<QueryBinding<?, ?>> queries() {
        return Stream.of(accounts.queries(), sessions.queries(), PreferencesCommands.queries())
                .<QueryBinding<?, ?>>flatMap(List::stream)
                .toList();
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    @Override
    public List<Worker> workers() {
        return workers;
    }

    /**
     * Makes an account by the operator's hand, whatever the setting for registration says.
     *
     * @param admin whether an administrator
     * @return its id; fails with {@link Problem}: 422 for what is no address or no password, 409 {@code email-taken}
     */
    public static Future<UUID> createUser(
            Commands commands, Passwords passwords, Supplier<UUID> ids, String email, String password, boolean admin) {
        return Future.succeededFuture()
                .map(start -> new Registration(email, password, null).withPasswordChecked())
                .compose(registration -> passwords.hash(registration.password()))
                .map(hash -> new CreateUser(ids.get(), email, new Secret(hash), admin))
                .compose(command ->
                        commands.send(command, Cause.fresh(ids.get())).map(command.id()));
    }
}
