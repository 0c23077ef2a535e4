package dev.skelly.features.accounts.erasure;

import dev.skelly.event.CommandContext;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Problem;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Erases accounts again that an older backup restored. */
public final class RepeatedErasure {

    private static final Logger LOGGER = LoggerFactory.getLogger(RepeatedErasure.class);
    private static final int ASKED_AT_ONCE = 1_000;

    private final CommandBus commands;
    private final Supplier<UUID> ids;

    public RepeatedErasure(CommandBus commands, Supplier<UUID> ids) {
        this.commands = commands;
        this.ids = ids;
    }

    /** Erases those of these accounts that exist. Returns how many existed. */
    public Future<Integer> of(Collection<UUID> accounts) {
        return of(List.copyOf(accounts), 0, 0);
    }

    private Future<Integer> of(List<UUID> accounts, int from, int before) {
        if (from >= accounts.size()) {
            return Future.succeededFuture(before);
        }
        var to = Math.min(accounts.size(), from + ASKED_AT_ONCE);
        return commands.query(new FindErasable(accounts.subList(from, to)))
                .compose(found -> erase(found.accounts()).map(found.accounts().size()))
                .compose(count -> of(accounts, to, before + count));
    }

    private Future<Void> erase(List<UUID> accounts) {
        Future<Void> erased = Future.succeededFuture();
        for (var account : accounts) {
            erased = erased.compose(done -> erase(account));
        }
        return erased;
    }

    /* An erased account may be the only administrator in an older backup. The operator has to resolve that. */
    private Future<Void> erase(UUID account) {
        LOGGER.atWarn().addKeyValue("account", account).log("an erased account was back, erasing it again");
        return commands.send(new EraseAccount(account, null), CommandContext.fresh(ids.get()))
                .<Void>mapEmpty()
                .recover(failure -> {
                    if (failure instanceof Problem refusal && refusal.kind() != Problem.Kind.UNAVAILABLE) {
                        LOGGER.atError()
                                .addKeyValue("account", account)
                                .addKeyValue("refusal", refusal.code())
                                .log("an erased account is back and cannot be erased");
                        return Future.succeededFuture();
                    }
                    return Future.failedFuture(failure);
                });
    }
}
