package dev.skelly.features.accounts.erasure;

import dev.skelly.event.CommandContext;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Schedule;
import dev.skelly.feature.ScheduledJob;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases accounts whose address was not verified in time. Each has a transaction of its own, which checks again that the account is unverified: a
 * verification before it keeps the account, and a later one finds none.
 */
public final class UnverifiedAccounts {

    private static final Logger LOGGER = LoggerFactory.getLogger(UnverifiedAccounts.class);
    private static final Duration EVERY = Duration.ofHours(1);
    private static final int RUN_MAX = 10_000;

    private final CommandBus commands;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final Duration life;

    /**
     * Creates the means of the job.
     *
     * @param life age at which unverified accounts are erased
     */
    public UnverifiedAccounts(CommandBus commands, Clock clock, Supplier<UUID> ids, Duration life) {
        this.commands = commands;
        this.clock = clock;
        this.ids = ids;
        this.life = life;
    }

    /** Returns the job that erases them every hour. */
    public ScheduledJob job() {
        return new ScheduledJob("accounts.erase-unverified", Schedule.every(EVERY), due -> erase());
    }

    /** Erases at most 10,000 accounts, one after the other. Completes when the last one is erased. */
    Future<Void> erase() {
        return erase(clock.instant().minus(life), null, 0);
    }

    private Future<Void> erase(Instant createdBefore, @Nullable UUID after, int before) {
        return commands.query(new FindUnverified(createdBefore, after))
                .map(FindUnverified.UnverifiedPage::accounts)
                .compose(found -> erase(found, createdBefore).compose(done -> {
                    var all = before + found.size();
                    if (found.isEmpty() || all >= RUN_MAX) {
                        report(all);
                        return Future.succeededFuture();
                    }
                    return erase(createdBefore, found.get(found.size() - 1), all);
                }));
    }

    private static void report(int accounts) {
        if (accounts > 0) {
            LOGGER.atInfo().addKeyValue("accounts", accounts).log("erased accounts that were never verified");
        }
    }

    private Future<Void> erase(List<UUID> accounts, Instant createdBefore) {
        Future<Void> erased = Future.succeededFuture();
        for (var account : accounts) {
            erased = erased.compose(done -> erase(account, createdBefore));
        }
        return erased;
    }

    /* An account that is refused must not keep those after it from being erased. An overloaded node repeats the run. */
    private Future<Void> erase(UUID account, Instant createdBefore) {
        return commands.send(new EraseUnverified(account, createdBefore), CommandContext.fresh(ids.get()))
                .<Void>mapEmpty()
                .recover(failure -> {
                    if (failure instanceof Problem refusal && refusal.kind() != Problem.Kind.UNAVAILABLE) {
                        LOGGER.atWarn()
                                .addKeyValue("account", account)
                                .addKeyValue("refusal", refusal.code())
                                .log("an unverified account cannot be erased");
                        return Future.succeededFuture();
                    }
                    return Future.failedFuture(failure);
                });
    }
}
