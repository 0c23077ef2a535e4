package dev.skelly.persistence;

import dev.skelly.bus.Appended;
import dev.skelly.bus.Bus;
import dev.skelly.bus.Channels;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicLong;

/** Tells the relay, after commits, that there is something to stamp: one message for all commits of one turn of the loop. */
public final class AppendedHints {

    private final Vertx vertx;
    private final Bus bus;
    private final AtomicLong waiting = new AtomicLong();

    /** Hints over {@code bus}. */
    public AppendedHints(Vertx vertx, Bus bus) {
        this.vertx = vertx;
        this.bus = bus;
    }

    /** Something was committed up to {@code seq}, or thereabouts. */
    public void appended(long seq) {
        if (waiting.getAndAccumulate(seq, Math::max) == 0) {
            vertx.runOnContext(turn -> bus.publish(Channels.APPENDED, new Appended(waiting.getAndSet(0))));
        }
    }
}
