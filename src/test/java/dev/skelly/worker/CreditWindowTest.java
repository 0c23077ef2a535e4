package dev.skelly.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CreditWindowTest {

    private static final int MESSAGES = 1_024;
    private static final int BYTES = 8 * 1_024 * 1_024;
    private static final int LONG = 65_536;

    private final CreditWindow window = new CreditWindow(MESSAGES, BYTES);

    private void pass(int count, int bytes) {
        for (var n = 0; n < count; n++) {
            window.received(bytes);
        }
        window.settled(count);
    }

    @Test
    void growsWhenMessagesAreShort() {
        assertThat(window.grant()).isEqualTo(64);
        assertThat(window.grant()).isZero();
        pass(64, 100);
        assertThat(window.grant()).isEqualTo(MESSAGES);
        pass(10, 100);
        assertThat(window.grant()).isEqualTo(10);
    }

    @Test
    void shrinksWhenMessagesAreLong() {
        assertThat(window.grant()).isEqualTo(64);
        pass(64, 100);
        assertThat(window.grant()).isEqualTo(MESSAGES);
        pass(MESSAGES, LONG);
        assertThat(window.grant()).isEqualTo(BYTES / LONG);
    }

    @Test
    void holdsNothingBackForEver() {
        var small = new CreditWindow(8, 1);
        assertThat(small.grant()).isEqualTo(8);
        small.received(LONG);
        small.settled(1);
        assertThat(small.grant()).isOne();
    }

    @Test
    void beginsAgainWithANewReceiver() {
        assertThat(window.grant()).isEqualTo(64);
        window.reset();
        assertThat(window.grant()).isEqualTo(64);
    }
}
