package dev.skelly.features.accounts.password;

import dev.skelly.auth.PasswordHasher;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.RateLimit;
import dev.skelly.feature.Request;
import dev.skelly.features.accounts.SecretText;
import io.vertx.core.Future;
import java.time.Duration;

/** Makes sure that a signed-in person is who signed in: by the password. */
public final class PasswordConfirmation {

    private static final int TRIES = 5;

    private final CommandBus commands;
    private final PasswordHasher passwords;

    public PasswordConfirmation(CommandBus commands, PasswordHasher passwords) {
        this.commands = commands;
        this.passwords = passwords;
    }

    /** Tries of one account: whoever has stolen an access token is not to guess the password with it. */
    public static RateLimit limit() {
        return new RateLimit(
                "own-password",
                TRIES,
                Duration.ofMinutes(1),
                request -> request.principal().account().toString());
    }

    /** By what the caller shows who it is. */
    public Future<FindPasswordHash.PasswordHash> of(Request request) {
        var caller = request.principal();
        return commands.query(new FindPasswordHash(caller.account(), caller.session()));
    }

    /**
     * Compares a password with the caller's own.
     *
     * @param pointer where the body holds it
     * @return the hash it was compared with; fails with a problem that points there when it is wrong
     */
    public Future<SecretText> prove(Request request, String password, String pointer) {
        return of(request).compose(owner -> prove(owner, password, pointer));
    }

    public Future<SecretText> prove(FindPasswordHash.PasswordHash owner, String password, String pointer) {
        return passwords
                .verify(password, owner.passwordHash().reveal())
                .compose(right -> right
                        ? Future.succeededFuture(owner.passwordHash())
                        : Future.failedFuture(PasswordCommands.wrongPassword(pointer)));
    }
}
