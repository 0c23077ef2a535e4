package dev.skelly.command;

import dev.skelly.bus.BusChannels;
import dev.skelly.bus.EventsAppended;
import dev.skelly.bus.MessageBus;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicLong;

/** Notifies the relay after commits that there are events to sequence: one message for all commits of one event loop turn. */
public final class AppendNotifier {

    private final Vertx vertx;
    private final MessageBus bus;
    private final AtomicLong waiting = new AtomicLong();

    /** Sends notifications over {@code bus}. */
    public AppendNotifier(Vertx vertx, MessageBus bus) {
        this.vertx = vertx;
        this.bus = bus;
    }

    /** Notifies the relay of a commit up to about {@code seq}. */
    public void appended(long seq) {
        if (waiting.getAndAccumulate(seq, Math::max) == 0) {
            vertx.runOnContext(turn -> bus.publish(BusChannels.APPENDED, new EventsAppended(waiting.getAndSet(0))));
        }
    }
}
