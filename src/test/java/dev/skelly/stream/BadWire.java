package dev.skelly.stream;

import dev.skelly.bus.LiveBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** A fifth is lost, a tenth comes twice, a tenth comes late. */
final class BadWire {

    private final Random random;
    private final List<Runnable> late = new ArrayList<>();

    BadWire(Random random) {
        this.random = random;
    }

    synchronized void carry(LiveBatch batch, Consumer<LiveBatch> send) {
        var luck = random.nextInt(10);
        if (luck == 2) {
            late.add(() -> send.accept(batch));
        } else if (luck > 2) {
            send.accept(batch);
        }
        if (luck == 3) {
            send.accept(batch);
        }
        if (luck == 4) {
            late.forEach(Runnable::run);
            late.clear();
        }
    }
}
