package dev.skelly.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A checkpoint that an idle transaction holds keeps no other worker's from moving. */
class HeldCheckpointIT {

    @Test
    void theOthersMoveOn() {
        try (var database = TestDatabase.fresh("work")) {
            // Given
            database.execute(
                    "insert into relay_checkpoint (worker, position, epoch) values ('a', 1, 7), ('b', 1, 7), ('c', 1, 6)");
            var table = new DispatchPositionTable(database.pool());
            var holder = Waiting.on(database.pool().getConnection());
            var idle = Waiting.on(holder.begin());
            var held = Waiting.on(holder.query("select from relay_checkpoint where worker = 'a' for update")
                    .execute());

            // When
            var during = Waiting.on(table.advance(Map.of("a", 5L, "b", 6L), 7));
            var former = Waiting.failure(table.advance(Map.of("b", 8L, "c", 8L), 7));
            Waiting.on(idle.rollback().compose(done -> holder.close()));
            var after = Waiting.on(table.advance(Map.of("a", 7L), 7));

            // Then
            assertThat(held.rowCount()).isOne();
            assertThat(during).isEqualTo(Set.of("b"));
            assertThat(after).isEqualTo(Set.of("a"));
            assertThat(former).isInstanceOf(LeadershipLostException.class);
        }
    }
}
