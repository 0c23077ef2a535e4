package dev.skelly.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {

    private final ReplayWindow window = new ReplayWindow();

    @Test
    void acceptsEachNumberOnce() {
        assertThat(window.accept(0)).isTrue();
        assertThat(window.accept(0)).isFalse();
        assertThat(window.accept(5)).isTrue();
        assertThat(window.accept(3)).isTrue();
        assertThat(window.accept(3)).isFalse();
        assertThat(window.accept(5)).isFalse();
    }

    @Test
    void refusesWhatIsTooOldToBeRemembered() {
        assertThat(window.accept(ReplayWindow.WIDTH)).isTrue();
        assertThat(window.accept(1)).isTrue();
        assertThat(window.accept(0)).isFalse();
        assertThat(window.accept(-1)).isFalse();
    }

    @Test
    void forgetsNothingInsideItsWidthAfterAnyJump() {
        var random = new Random(16);
        var accepted = new HashSet<Long>();
        var highest = 0L;
        for (var n = 0; n < 200_000; n++) {
            var next = Math.max(0, highest + random.nextInt(-ReplayWindow.WIDTH, random.nextInt(1, 9_000)));
            var inside = next > highest - ReplayWindow.WIDTH;
            assertThat(window.accept(next)).isEqualTo(inside && accepted.add(next));
            highest = Math.max(highest, next);
        }
    }
}
