package dev.skelly.feature;

import dev.skelly.event.CommandContext;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/**
 * Manages projections and replays, for the command line and for routes. The audit records each act. The leader of the relay does the work, so it
 * waits while no node runs. Futures fail with a {@link Problem}.
 */
public interface ProjectionAdmin {

    /** Returns how every projection stands, by name. */
    Future<List<ProjectionStatus>> projections();

    /** Pauses an asynchronous projection, or lets it go on; fails with 404 and 409. */
    Future<Void> pause(String name, boolean paused, CommandContext cause);

    /**
     * Requests a replay.
     *
     * @param run false for a dry run, after which {@link #run} begins the replay
     * @return fails with 422 naming every fault, and 409 if the target may not repeat or another replay to it goes on
     */
    Future<Replay> start(ReplayRequest request, boolean run, CommandContext cause);

    /** Returns the newest replays, the newest first. */
    Future<List<Replay>> replays(int limit);

    /** Returns a replay; fails with 404. */
    Future<Replay> find(UUID id);

    /** Begins a replay whose dry run has ended; fails with 404 and 409. */
    Future<Replay> run(UUID id, CommandContext cause);

    /** Ends a replay; what it has done remains. Fails with 404 and 409. */
    Future<Replay> cancel(UUID id, CommandContext cause);
}
