package dev.skelly.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.event.CommandContext;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.Json;
import dev.skelly.eventlog.EventLog;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.Principal;
import dev.skelly.feature.Problem;
import dev.skelly.testing.Torture;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every node knows soon of a right that ended, in whatever order transactions commit, and trusts nobody when it cannot know. */
final class AuthorizationIT {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final TestDatabase database = TestDatabase.fresh("security");
    private final Vertx vertx = Vertx.vertx();
    private final AtomicBoolean away = new AtomicBoolean();
    private final Authorization rights =
            new Authorization(source(), new RightsConfig(Duration.ofMillis(50), Duration.ofMillis(600)));
    private final EventLog log = new EventLog(
            database.pool(),
            EventTypeRegistry.of(Map.of()),
            Json.mapper(),
            Clock.systemUTC(),
            UUID::randomUUID,
            seq -> {});
    private final UUID account = UUID.randomUUID();
    private final UUID session = UUID.randomUUID();

    private RightsSource source() {
        var direct = RightsSource.direct(database.pool(), SecurityConfig.DEFAULT);
        return new RightsSource() {
            @Override
            public Future<RightsDelta> read(@Nullable String horizon) {
                return away.get() ? Future.failedFuture(new IllegalStateException("away")) : direct.read(horizon);
            }
        };
    }

    @BeforeEach
    void start() {
        Waiting.on(vertx.deployVerticle(rights));
    }

    @AfterEach
    void stop() {
        Waiting.on(vertx.close());
        database.close();
    }

    @Test
    void refusesTheTokensOfASignInThatEnded() {
        // When
        transact(tx -> RightsTable.endSession(tx, account, session));

        // Then
        soon(() -> refused(principal(session, 0)));
        assertThat(refused(principal(UUID.randomUUID(), 0))).isFalse();
    }

    @Test
    void refusesOlderTokensOfAnAccountAndNotThoseSignedSince() {
        // When
        transact(tx -> RightsTable.voidTokens(tx, account));
        transact(tx -> RightsTable.voidTokens(tx, account));

        // Then
        soon(() -> refused(principal(session, 1)));
        assertThat(Waiting.on(RightsTable.version(database.pool(), account))).isEqualTo(2);
        assertThat(refused(principal(session, 2))).isFalse();
    }

    @Test
    void seesAChangeThatCommitsLongAfterALaterOne() {
        // Given
        var hold = Promise.<Void>promise();
        var written = Promise.<Void>promise();
        var late = log.transact(
                CommandContext.fresh(account),
                tx -> RightsTable.endSession(tx, account, session)
                        .onComplete(written)
                        .compose(done -> hold.future()));
        Waiting.on(written.future());
        var other = UUID.randomUUID();
        transact(tx -> RightsTable.endSession(tx, account, other));
        soon(() -> refused(principal(other, 0)));

        // When
        assertThat(refused(principal(session, 0))).isFalse();
        hold.complete();
        Waiting.on(late);

        // Then
        soon(() -> refused(principal(session, 0)));
    }

    @Test
    void trustsNobodyWhileItCannotLookAndEverybodyAgainAfterwards() {
        // When
        away.set(true);

        // Then
        soon(() -> kind(principal(session, 0)).equals(Optional.of(Problem.Kind.UNAVAILABLE)));
        assertThat(rights.may(principal(session, 0).with(Set.of("admin")), "read:topic:staff/7"))
                .isFalse();
        away.set(false);
        soon(() -> kind(principal(session, 0)).isEmpty());
    }

    @Test
    void rolesMayDoWhatTheTableSaysNow() {
        // Given
        var keeper = principal(session, 0).with(Set.of("user", "keeper"));
        assertThat(rights.may(keeper, "emit:shop.opened")).isFalse();
        assertThat(rights.present(keeper).roles()).containsExactly("user");

        // When
        database.execute("insert into role (name, grants) values ('keeper', '{emit:shop.*}')");
        transact(tx -> RightsTable.roleChanged(tx, "keeper"));

        // Then
        soon(() -> rights.may(keeper, "emit:shop.opened"));
        assertThat(rights.may(keeper, "emit:shopping.begun")).isFalse();
        assertThat(rights.present(keeper).roles()).containsExactlyInAnyOrder("user", "keeper");
        assertThat(rights.may(keeper.with(Set.of("admin")), "read:topic:staff/7"))
                .isTrue();
    }

    private static void soon(Callable<Boolean> isSo) {
        Torture.within("rights change", SOON, isSo);
    }

    private void transact(Function<Tx, Future<Void>> block) {
        Waiting.on(log.transact(CommandContext.fresh(account), block));
    }

    private Principal principal(UUID signIn, int version) {
        return new Principal(account, signIn, Set.of("user"), version, Instant.MAX);
    }

    private boolean refused(Principal principal) {
        return kind(principal).equals(Optional.of(Problem.Kind.UNAUTHENTICATED));
    }

    private Optional<Problem.Kind> kind(Principal principal) {
        return rights.refusal(principal).map(Problem::kind);
    }
}
