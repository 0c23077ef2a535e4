package dev.skelly.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;

class LowWatermarkTest {

    private final LowWatermark floor = new LowWatermark();

    @Test
    void risesToTheMarkOnceItsWritersHaveEndedAndAStampCallFoundNothingMore() {
        // Given
        floor.stamped(100, true);
        floor.looked(Set.of("3/1", "4/1"));
        floor.stamped(200, true);

        // When
        floor.looked(Set.of("3/2"));
        floor.stamped(0, false);

        // Then
        assertEquals(100, floor.settled());
    }

    @Test
    void waitsForAWriterThatWasThereAtTheMark() {
        // Given
        floor.stamped(100, true);
        floor.looked(Set.of("3/1", "4/1"));

        // When
        floor.looked(Set.of("4/1"));
        floor.stamped(0, false);

        // Then
        assertEquals(0, floor.settled());
        floor.looked(Set.of());
        floor.stamped(0, false);
        assertEquals(100, floor.settled());
    }

    @Test
    void waitsForPreparedTransactionsBecauseTheyChangedTheirName() {
        // Given
        floor.stamped(100, true);
        floor.looked(Set.of("3/1"));

        // When
        floor.looked(Set.of("-1/789"));
        floor.stamped(0, false);

        // Then
        assertEquals(0, floor.settled());
    }

    @Test
    void staysWhileAStampCallMayHaveLeftSomething() {
        // Given
        floor.stamped(100, true);
        floor.looked(Set.of());
        floor.looked(Set.of());

        // When
        floor.stamped(150, true);

        // Then
        assertEquals(0, floor.settled());
        floor.stamped(0, false);
        assertEquals(100, floor.settled());
    }

    @Test
    void doesNotRiseWithoutHavingLookedTwice() {
        // Given
        floor.stamped(100, true);
        floor.looked(Set.of());

        // When
        floor.stamped(0, false);

        // Then
        assertEquals(0, floor.settled());
    }
}
