package dev.skelly.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.Torture;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who leads, and who after it (decision note 0041). */
class LeadershipIT extends OnRelay {

    @Test
    void letsOnlyOneOfTwoNodesLead() {
        // Given
        var first = node("a").start();
        var second = node("b").start();

        // When
        lamps.light(100);

        // Then
        await().until(() -> lamps.head() == 100);
        assertThat(first.relay().leads()).isTrue();
        assertThat(second.relay().leads()).isFalse();
        assertThat(second.meter("skelly.relay.stamped")).isZero();
    }

    @Test
    void stampsNothingAfterTheLeaseWasTakenAway() throws SQLException {
        // Given
        var node = node("a").start();
        await().until(() -> node.relay().leads());

        // When
        try (var other = thief()) {
            var taken = other.createStatement()
                    .executeUpdate(
                            "update relay_lease set epoch = epoch + 1, holder = 'thief', backend = pg_backend_pid(), "
                                    + "seen = clock_timestamp() + interval '1 hour'");
            lamps.light(10);

            // Then
            assertThat(taken).isOne();
            await().until(() -> !node.relay().leads());
            assertThat(lamps.head()).isZero();
        }
        await().until(() -> lamps.head() == 10);
    }

    @Test
    void endsAStoppedHoldersSessionAndTakesOver() throws SQLException {
        // Given
        try (var stopped = thief()) {
            stopped.setAutoCommit(false);
            var taken = stopped.createStatement()
                    .executeUpdate(
                            "update relay_lease set epoch = epoch + 1, holder = 'stopped', backend = pg_backend_pid(), "
                                    + "seen = clock_timestamp() - interval '1 hour'");
            stopped.commit();
            assertThat(taken).isOne();
            assertThat(stopped.createStatement().execute("select from relay_lease for update"))
                    .isTrue();

            // When
            lamps.light(10);
            node("a").start();

            // Then
            await().until(() -> lamps.head() == 10);
            assertThat(stopped.isValid(1)).isFalse();
        }
    }

    @Test
    void handsOverWhenItStopsInGoodOrder() {
        // Given
        var first = node("a").start();
        var second = node("b").start();
        await().until(() -> first.relay().leads());

        // When
        first.stop();
        Torture.within("hand-over", Duration.ofSeconds(1), () -> second.relay().leads());

        // Then
        lamps.light(5);
        await().until(() -> lamps.head() == 5);
    }

    @Test
    void leadsAgainAfterItsSessionWasKilled() {
        // Given
        var node = node("a").start();
        await().until(() -> node.relay().leads());

        // When
        database.execute("select pg_terminate_backend(backend) from relay_lease");
        lamps.light(5);

        // Then
        await().until(() -> lamps.head() == 5);
        assertThat(node.meter("skelly.relay.failovers")).isEqualTo(2);
    }

    @Test
    void leadsOnOverAnEventOfATimeBeyondAllNumbers() {
        // Given
        lamps.light(1);
        database.execute("update event set time = 'infinity'");

        // When
        var node = node("a").start();
        await().until(() -> lamps.head() == 1);
        lamps.light(5);

        // Then
        await().until(() -> lamps.head() == 6);
        assertThat(node.meter("skelly.relay.failovers")).isEqualTo(1);
    }

    private java.sql.Connection thief() throws SQLException {
        var address = database.address();
        return DriverManager.getConnection(
                address.jdbcUrl() + "&ApplicationName=" + LeaderLeaseTable.APPLICATION,
                address.user(),
                address.password());
    }
}
