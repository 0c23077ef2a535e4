package dev.skelly.features.accounts.password;

import dev.skelly.auth.PasswordHasher;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.RateLimit;
import dev.skelly.feature.Request;
import dev.skelly.features.accounts.SecretText;
import io.vertx.core.Future;
import java.time.Duration;

/** Verifies the password of a caller with a session. */
public final class PasswordConfirmation {

    private static final int TRIES = 5;

    private final CommandBus commands;
    private final PasswordHasher passwords;

    public PasswordConfirmation(CommandBus commands, PasswordHasher passwords) {
        this.commands = commands;
        this.passwords = passwords;
    }

    /** Limits attempts per account, so that a stolen access token cannot be used to guess the password. */
    public static RateLimit limit() {
        return new RateLimit(
                "own-password",
                TRIES,
                Duration.ofMinutes(1),
                request -> request.principal().account().toString());
    }

    /** Returns the credentials of the caller. */
    public Future<FindPasswordHash.PasswordHash> of(Request request) {
        var caller = request.principal();
        return commands.query(new FindPasswordHash(caller.account(), caller.session()));
    }

    /**
     * Verifies a password of the caller.
     *
     * @param pointer the password's place in the body
     * @return the hash against which it was verified; fails with a problem at that pointer when it is wrong
     */
    public Future<SecretText> prove(Request request, String password, String pointer) {
        return of(request).compose(owner -> prove(request, owner, password, pointer));
    }

    public Future<SecretText> prove(
            Request request, FindPasswordHash.PasswordHash owner, String password, String pointer) {
        return passwords
                .verify(password, owner.passwordHash().reveal(), request.address())
                .compose(right -> right
                        ? Future.succeededFuture(owner.passwordHash())
                        : Future.failedFuture(PasswordCommandHandlers.wrongPassword(pointer)));
    }
}
