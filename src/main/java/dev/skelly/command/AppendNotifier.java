package dev.skelly.command;

import dev.skelly.bus.BusChannels;
import dev.skelly.bus.EventsAppended;
import dev.skelly.bus.MessageBus;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicLong;

/** Tells the relay, after commits, that there is something to stamp: one message for all commits of one turn of the loop. */
public final class AppendNotifier {

    private final Vertx vertx;
    private final MessageBus bus;
    private final AtomicLong waiting = new AtomicLong();

    /** Hints over {@code bus}. */
    public AppendNotifier(Vertx vertx, MessageBus bus) {
        this.vertx = vertx;
        this.bus = bus;
    }

    /** Something was committed up to {@code seq}, or thereabouts. */
    public void appended(long seq) {
        if (waiting.getAndAccumulate(seq, Math::max) == 0) {
            vertx.runOnContext(turn -> bus.publish(BusChannels.APPENDED, new EventsAppended(waiting.getAndSet(0))));
        }
    }
}
