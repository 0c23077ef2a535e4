package dev.skelly.features.accounts.admin;

import dev.skelly.auth.PasswordHasher;
import dev.skelly.event.CommandContext;
import dev.skelly.feature.Command;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Ids;
import dev.skelly.feature.Problem;
import dev.skelly.feature.UserAdmin;
import dev.skelly.features.accounts.EmailAddress;
import dev.skelly.features.accounts.FindUser;
import dev.skelly.features.accounts.FindUserByEmail;
import dev.skelly.features.accounts.ListUsers;
import dev.skelly.features.accounts.SecretText;
import dev.skelly.features.accounts.UserView;
import dev.skelly.features.accounts.erasure.EraseAccount;
import dev.skelly.features.accounts.password.CreateResetLink;
import dev.skelly.features.accounts.registration.RegistrationForm;
import dev.skelly.features.accounts.session.IssueToken;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Executes the operator's changes to accounts with the same commands that the HTTP API uses. */
public final class UserAdminService implements UserAdmin {

    private final CommandBus commands;
    private final PasswordHasher passwords;
    private final Supplier<UUID> ids;
    private final SecureRandom random = new SecureRandom();

    public UserAdminService(CommandBus commands, PasswordHasher passwords, Supplier<UUID> ids) {
        this.commands = commands;
        this.passwords = passwords;
        this.ids = ids;
    }

    private <R> Future<R> send(Command<R> command) {
        return commands.send(command, CommandContext.byOperator(ids.get())).map(done -> done.result());
    }

    private Future<UserView> user(String who) {
        var id = Ids.read(who);
        if (id.isPresent()) {
            return commands.query(new FindUser(id.get()));
        }
        return EmailAddress.parse(who)
                .map(email -> commands.query(new FindUserByEmail(email.text())))
                .orElseGet(() -> Future.failedFuture(
                        Problem.invalid("#/who", "format", "must be the id or the e-mail address of an account")));
    }

    @Override
    public Future<UUID> create(String email, String password, boolean admin) {
        return create(CommandContext.byOperator(ids.get()), email, password, admin);
    }

    Future<UUID> create(CommandContext cause, String email, String password, boolean admin) {
        return Future.succeededFuture()
                .map(start -> new RegistrationForm(email, password, null))
                .compose(registration -> passwords.hash(registration.password()))
                .map(hash -> new CreateUser(ids.get(), email, new SecretText(hash), admin))
                .compose(command -> commands.send(command, cause).map(command.id()));
    }

    @Override
    public Future<List<Map<String, Object>>> list(@Nullable UUID before, int limit) {
        return commands.query(new ListUsers(before, limit))
                .map(answer ->
                        answer.items().stream().map(UserAdminService::shown).toList());
    }

    @Override
    public Future<Map<String, Object>> find(String who) {
        return user(who).map(UserAdminService::shown);
    }

    @Override
    public Future<Map<String, Object>> disable(String who, boolean disabled) {
        return user(who)
                .compose(user -> send(new ChangeRights(user.id(), null, disabled, null)))
                .map(UserAdminService::shown);
    }

    /* Based on the version read, so that two concurrent role changes do not overwrite each other. */
    @Override
    public Future<Map<String, Object>> changeRoles(String who, List<String> given, List<String> taken) {
        return user(who)
                .compose(user -> {
                    var roles = new TreeSet<>(user.roles());
                    roles.addAll(given);
                    taken.forEach(roles::remove);
                    return send(new ChangeRights(user.id(), List.copyOf(roles), null, user.version()));
                })
                .map(UserAdminService::shown);
    }

    @Override
    public Future<String> resetLink(String who) {
        var token = SecretText.random(random);
        return user(who)
                .compose(user -> send(new CreateResetLink(user.id(), token)))
                .map(done -> "/#reset-password=" + token.reveal());
    }

    @Override
    public Future<Void> erase(String who) {
        return user(who).compose(user -> send(new EraseAccount(user.id(), null)));
    }

    @Override
    public Future<Token> token(String who, @Nullable Duration life) {
        var session = ids.get();
        return user(who)
                .compose(user -> send(new IssueToken(session, user.id(), life)))
                .map(answer -> new Token(answer.accessToken().reveal(), session, answer.expiresAt()));
    }

    private static Map<String, Object> shown(UserView user) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("id", user.id().toString());
        fields.put("email", user.email());
        if (user.name() != null) {
            fields.put("name", user.name());
        }
        fields.put("roles", user.roles());
        fields.put("verified", user.verified());
        fields.put("disabled", user.disabled());
        fields.put("createdAt", user.createdAt().toString());
        return fields;
    }
}
