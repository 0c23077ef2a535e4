package dev.skelly.features.processes;

import dev.skelly.event.CommandContext;
import dev.skelly.feature.BusinessProcess;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.LeaderTask;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the commands of deadlines that are over. */
final class DeadlineTask implements LeaderTask {

    private static final Logger LOGGER = LoggerFactory.getLogger(DeadlineTask.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int BATCH = 100;
    private static final Duration POSTPONED_MAX = Duration.ofMinutes(10);
    private static final int DOUBLINGS_MAX = 9; // 1 s to 512 s.

    private final Supplier<List<BusinessProcess>> processes;
    private final CommandBus commands;
    private final Clock clock;
    private final Supplier<UUID> ids;

    /** Sends to {@code commands}; {@code processes} are read in each round. */
    DeadlineTask(Supplier<List<BusinessProcess>> processes, CommandBus commands, Clock clock, Supplier<UUID> ids) {
        this.processes = processes;
        this.commands = commands;
        this.clock = clock;
        this.ids = ids;
    }

    @Override
    public String name() {
        return "deadlines";
    }

    @Override
    public Duration every() {
        return EVERY;
    }

    @Override
    public Future<Void> round(SqlClient sql) {
        var byName = byName();
        if (byName.isEmpty()) {
            return Future.succeededFuture();
        }
        return DeadlineTable.over(sql, clock.instant(), byName.keySet(), BATCH).compose(over -> {
            Future<Void> sent = Future.succeededFuture();
            for (var deadline : over) {
                var process = byName.get(deadline.process());
                sent = process == null ? sent : sent.compose(done -> send(sql, process, deadline));
            }
            return sent;
        });
    }

    private Map<String, BusinessProcess> byName() {
        return processes.get().stream().collect(Collectors.toMap(BusinessProcess::name, Function.identity()));
    }

    private Future<Void> send(SqlClient sql, BusinessProcess process, DeadlineTable.Overdue deadline) {
        var command = Future.succeededFuture()
                .compose(start -> commands.send(
                        process.overdue(deadline.key(), deadline.name()), CommandContext.fresh(ids.get())));
        return command.transform(ended ->
                ended.succeeded() ? DeadlineTable.done(sql, deadline) : postpone(sql, deadline, ended.cause()));
    }

    private Future<Void> postpone(SqlClient sql, DeadlineTable.Overdue deadline, Throwable failure) {
        LOGGER.atWarn()
                .setCause(failure)
                .addKeyValue("process", deadline.process())
                .addKeyValue("key", deadline.key())
                .addKeyValue("deadline", deadline.name())
                .log("the command of a deadline failed; it is sent again");
        var wait = EVERY.multipliedBy(1L << Math.min(deadline.attempts(), DOUBLINGS_MAX));
        var until = clock.instant().plus(wait.compareTo(POSTPONED_MAX) > 0 ? POSTPONED_MAX : wait);
        return DeadlineTable.postpone(sql, deadline, until);
    }
}
