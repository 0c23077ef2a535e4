package dev.skelly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.feature.ProjectionAdmin;
import dev.skelly.feature.Replay;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Prints how a replay goes on. */
final class ReplayProgress {

    private static final Duration STILL_MAX = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 300;
    private static final Executor LATER = CompletableFuture.delayedExecutor(LOOK_MILLIS, TimeUnit.MILLISECONDS);

    private final ProjectionAdmin admin;
    private final Consumer<String> out;
    private long position = -1;
    private long movedNanos = System.nanoTime();

    ReplayProgress(ProjectionAdmin admin, Consumer<String> out) {
        this.admin = admin;
        this.out = out;
    }

    /** Prints that a replay is requested. */
    Future<Boolean> requested(Replay replay) {
        out.accept("requested: " + replay.id());
        return Future.succeededFuture(true);
    }

    /** Completes when its dry run or its run has ended, with whether it succeeded; also when no node works on it. */
    Future<Boolean> until(Replay replay) {
        if (!Replay.ACTIVE.contains(replay.state())) {
            ended(replay);
            return Future.succeededFuture(
                    replay.state().equals(Replay.DONE) || replay.state().equals(Replay.CHECKED));
        }
        if (replay.position() != position) {
            position = replay.position();
            movedNanos = System.nanoTime();
        } else if (System.nanoTime() - movedNanos > STILL_MAX.toNanos()) {
            out.accept("replay " + replay.id()
                    + " waits: no node works on it (expected: a running node with the role relay); it goes on then");
            return Future.succeededFuture(false);
        }
        return Future.fromCompletionStage(CompletableFuture.runAsync(() -> {}, LATER))
                .compose(waited -> admin.find(replay.id()))
                .compose(this::until);
    }

    private void ended(Replay replay) {
        out.accept("replay " + replay.id() + " to " + replay.scope().target() + " "
                + replay.scope().name() + ": " + replay.state() + ", " + replay.events() + " events up to position "
                + replay.position());
        if (replay.error() != null) {
            out.accept(replay.error());
        }
        if (replay.scope().projection()) {
            replay.report().properties().forEach(table -> table(table.getKey(), table.getValue()));
        } else {
            replay.report().properties().forEach(entry -> out.accept(entry.getKey() + ": " + entry.getValue()));
        }
    }

    private void table(String name, JsonNode changes) {
        out.accept(name + ": rows added " + changes.path("added") + ", removed " + changes.path("removed")
                + ", changed " + changes.path("changed"));
        changes.path("rows").forEach(row -> {
            out.accept("  " + row.path("key"));
            out.accept("    present  " + row.path("present"));
            out.accept("    rebuilt  " + row.path("rebuilt"));
        });
    }
}
