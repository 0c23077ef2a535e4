package dev.skelly.stream;

import dev.skelly.event.CommandContext;
import dev.skelly.feature.Command;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.CommandResult;
import dev.skelly.feature.Query;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Where a node asks for keys: as slow, and as broken, as a test wants it. */
final class SlowKeys implements CommandBus {

    private final CommandBus real;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile @Nullable Promise<Void> shut;
    private volatile @Nullable Throwable failure;

    SlowKeys(CommandBus real) {
        this.real = real;
    }

    /** How often it was asked. */
    int asked() {
        return asked.get();
    }

    /** From now on who asks waits. */
    void shut() {
        shut = Promise.promise();
    }

    /** Who waits is answered, and nobody waits any more. */
    void open() {
        var waiting = shut;
        shut = null;
        if (waiting != null) {
            waiting.complete();
        }
    }

    /** From now on who asks is told this; null for answers again. */
    void fail(@Nullable Throwable cause) {
        failure = cause;
    }

    @Override
    public <R> Future<CommandResult<R>> send(Command<R> command, CommandContext cause) {
        return real.send(command, cause);
    }

    @Override
    public <R> Future<R> query(Query<R> query) {
        asked.incrementAndGet();
        var cause = failure;
        if (cause != null) {
            return Future.failedFuture(cause);
        }
        var waiting = shut;
        return waiting == null ? real.query(query) : waiting.future().compose(opened -> real.query(query));
    }
}
