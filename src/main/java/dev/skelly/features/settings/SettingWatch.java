package dev.skelly.features.settings;

import dev.skelly.feature.CommandBus;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads changed settings periodically and puts them into effect on this node. The table is the only source, so no message can be lost. While it
 * cannot be read, the node keeps what it has.
 */
final class SettingWatch implements Deployable {

    private static final Logger LOGGER = LoggerFactory.getLogger(SettingWatch.class);
    private static final long READ_MILLIS_MAX = 2_000;

    private final CommandBus commands;
    private final Consumer<Map<String, String>> apply;
    private final Duration poll;

    private long version; // Guarded by this.
    private boolean failing; // Confined to the deployment's context, like stopped.
    private boolean stopped;

    SettingWatch(CommandBus commands, Consumer<Map<String, String>> apply, Duration poll) {
        this.commands = commands;
        this.apply = apply;
        this.poll = poll;
    }

    /* A failed first read does not fail the start: the node has the settings of its start until it can read. */
    @Override
    public Future<?> deploy(Context context) {
        return look().onComplete(looked -> next(context)).otherwiseEmpty();
    }

    @Override
    public Future<?> undeploy(Context context) {
        stopped = true;
        return Future.succeededFuture();
    }

    private void next(Context context) {
        if (!stopped) {
            context.owner().setTimer(poll.toMillis(), tick -> look().onComplete(looked -> next(context)));
        }
    }

    private Future<Void> look() {
        return Future.succeededFuture(new ReadChangedSettings())
                .compose(commands::query)
                .timeout(READ_MILLIS_MAX, TimeUnit.MILLISECONDS)
                .map(this::read)
                .onFailure(this::failed);
    }

    private Void read(ChangedSettings found) {
        failing = false;
        take(found);
        return null;
    }

    /** Puts changes into effect unless newer ones are. Safe on any thread. */
    synchronized void take(ChangedSettings found) {
        if (found.version() > version) {
            version = found.version();
            apply.accept(found.values());
        }
    }

    private void failed(Throwable failure) {
        if (!failing && !stopped) {
            failing = true;
            LOGGER.atWarn().setCause(failure).log("changed settings cannot be read, the present ones stay in effect");
        }
    }
}
