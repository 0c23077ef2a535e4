package dev.skelly.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skelly.testing.Torture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InFlightWindowTest {

    private final InFlightWindow window = new InFlightWindow(10);

    @Test
    void followsOnlyThePrefixThatIsAcceptedWithoutAHole() {
        // Given
        var first = window.sent(11, 0);
        var second = window.sent(14, 0);
        var third = window.sent(15, 0);

        // When
        third.run();
        second.run();

        // Then
        assertEquals(10, window.acceptedUpTo());
        first.run();
        assertEquals(15, window.acceptedUpTo());
    }

    @Test
    void countsAnAnswerOnce() {
        // Given
        var answer = window.sent(11, 0);
        var other = window.sent(12, 0);

        // When
        answer.run();
        answer.run();

        // Then
        assertEquals(1, window.unanswered());
        other.run();
        assertEquals(0, window.unanswered());
    }

    @Test
    void passesWhatConcernsNobodyOnlyWhenNothingIsUnderWay() {
        // Given
        var answer = window.sent(12, 0);

        // When
        window.passed(20);

        // Then
        assertEquals(10, window.acceptedUpTo());
        answer.run();
        assertEquals(12, window.acceptedUpTo());
        window.passed(20);
        assertEquals(20, window.acceptedUpTo());
    }

    @Test
    void isOverdueByItsOldestUnansweredMessage() {
        // Given
        var first = window.sent(11, 100);
        var second = window.sent(12, 200);

        // When
        first.run();

        // Then
        assertFalse(window.overdue(150));
        assertTrue(window.overdue(201));
        second.run();
        assertFalse(window.overdue(500));
    }

    @Test
    void endsAtTheLastPositionWhateverTheOrderOfAnswers() {
        // Given
        var seed = Torture.seed("window");
        var answers = new ArrayList<Runnable>();
        for (var position = 11; position <= 110; position++) {
            answers.add(window.sent(position, 0));
        }
        Collections.shuffle(answers, new Random(seed));

        // When
        var before = window.acceptedUpTo();
        for (var answer : answers) {
            answer.run();
            assertTrue(window.acceptedUpTo() >= before, () -> "seed " + seed);
            before = window.acceptedUpTo();
        }

        // Then
        assertEquals(110, window.acceptedUpTo(), () -> "seed " + seed);
        assertEquals(0, window.unanswered(), () -> "seed " + seed);
    }
}
