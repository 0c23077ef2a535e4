package dev.skelly.features.projections;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.event.CommandContext;
import dev.skelly.feature.InstalledFeature;
import dev.skelly.feature.LeaderTask;
import dev.skelly.feature.ProjectionAdmin;
import dev.skelly.feature.ProjectionStatus;
import dev.skelly.feature.Replay;
import dev.skelly.feature.ReplayRequest;
import dev.skelly.testkit.FeatureFixture;
import dev.skelly.testkit.TestDatabase;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The feature of tallies over a real database, with the leader's task, which runs a round when a test says so. */
abstract class TallyFixture {

    static final CommandContext OPERATOR = CommandContext.byOperator(new UUID(1, 2));

    final TallyFeature tally = new TallyFeature();
    final TestDatabase database = TestDatabase.fresh("audit", "projections");
    final FeatureFixture skelly = fixture();
    private final Context context = database.vertx().getOrCreateContext();

    private FeatureFixture fixture() {
        database.execute(TallyFeature.TABLES + "update relay_lease set epoch = 1, holder = 'test'");
        return new FeatureFixture(database, Clock.systemUTC(), tally, new ProjectionsFeature(this::installed));
    }

    private List<InstalledFeature> installed() {
        return skelly.features();
    }

    @BeforeEach
    void register() {
        part().startupSteps().forEach(step -> await(step.run(database.pool()).mapEmpty()));
    }

    @AfterEach
    void close() {
        skelly.close();
    }

    private InstalledFeature part() {
        return skelly.features().get(1);
    }

    final ProjectionAdmin admin() {
        return (ProjectionAdmin) Objects.requireNonNull(part().services().get(ProjectionAdmin.class))
                .get();
    }

    final void add(String counter, int... steps) {
        for (var step : steps) {
            await(skelly.send(new TallyFeature.Add(counter, step)));
        }
    }

    /** Gives all events their positions. */
    final void sequence() {
        await(database.pool()
                .query("select count(*) from stamp_events(1, 0, 100000, 100000000)")
                .execute()
                .mapEmpty());
    }

    /** Lets the leader's task begin what is due. */
    final void round() {
        var done = Promise.<Void>promise();
        LeaderTask task = part().leaderTasks().get(0);
        context.runOnContext(now -> task.round(database.pool()).<Void>mapEmpty().onComplete(done));
        await(done.future());
    }

    final Replay ended(Replay replay) {
        return await().until(
                        () -> {
                            round();
                            return await(admin().find(replay.id()));
                        },
                        found -> !Replay.ACTIVE.contains(found.state()));
    }

    final Replay rebuild(String projection) {
        return ended(await(admin().start(ReplayRequest.rebuild(projection), true, OPERATOR)));
    }

    final ProjectionStatus status(String projection) {
        return await(admin().projections()).stream()
                .filter(status -> status.name().equals(projection))
                .findFirst()
                .orElseThrow();
    }

    /** Lets an asynchronous projection apply all there is, or stop. */
    @CanIgnoreReturnValue
    final ProjectionStatus settled(String projection) {
        sequence();
        return await().until(
                        () -> {
                            round();
                            return status(projection);
                        },
                        status -> status.lag() == 0
                                || status.error() != null
                                || status.state().equals("paused"));
    }

    static <T> T got(Future<T> future) {
        return await(future);
    }
}
