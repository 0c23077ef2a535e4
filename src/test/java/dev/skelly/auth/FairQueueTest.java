package dev.skelly.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who comes seldom does not wait behind those who come all the time. */
class FairQueueTest {

    private static List<String> all(FairQueue<String> queue) {
        var items = new ArrayList<String>();
        for (var item = queue.next(); item != null; item = queue.next()) {
            items.add(item);
        }
        return items;
    }

    @Test
    void aNewcomerPassesANetworkThatWaitsForMany() {
        // Given
        var queue = new FairQueue<String>(100);
        for (var n = 0; n < 50; n++) {
            assertThat(queue.add("192.0.2." + n % 3, "flood " + n)).isEmpty();
        }
        assertThat(queue.next()).isEqualTo("flood 0");

        // When
        assertThat(queue.add("198.51.100.1", "ada")).isEmpty();
        assertThat(queue.add("198.51.100.1", "ada again")).isEmpty();

        // Then: the first at once, the second in turn
        assertThat(all(queue))
                .startsWith("ada", "flood 1")
                .contains("ada again")
                .hasSize(51);
    }

    @Test
    void aNewcomerPassesANetworkThatWasServedOftenBefore() {
        // Given
        var queue = new FairQueue<String>(100);
        for (var n = 0; n < 30; n++) {
            queue.served("192.0.2.1");
        }
        assertThat(queue.add("192.0.2.1", "flood 1")).isEmpty();
        assertThat(queue.add("192.0.2.1", "flood 2")).isEmpty();

        // When
        for (var n = 0; n < 20; n++) {
            assertThat(queue.add("198.51.100." + n, "person " + n)).isEmpty();
        }

        // Then
        assertThat(all(queue).subList(0, 20)).allMatch(item -> item.startsWith("person"));
    }

    @Test
    void neighboursInTheAttackersNetworkComeBeforeTheAttacker() {
        // Given
        var queue = new FairQueue<String>(100);
        for (var n = 0; n < 30; n++) {
            queue.served("2001:db8:0:1::" + n);
        }
        assertThat(queue.add("2001:db8:0:1::99", "flood")).isEmpty();

        // When
        assertThat(queue.add("2001:db8:0:2::1", "neighbour")).isEmpty();

        // Then
        assertThat(all(queue)).containsExactly("neighbour", "flood");
    }

    @Test
    void manyNewAddressesOfANetworkAreNoNewcomers() {
        // Given
        var queue = new FairQueue<String>(100);
        for (var n = 0; n < 40; n++) {
            queue.served("2001:db8:0:" + Integer.toHexString(n) + "::1");
        }
        assertThat(queue.add("2001:db8:0:ffff::1", "flood")).isEmpty();
        queue.served("198.51.100.1");

        // When
        assertThat(queue.add("198.51.100.1", "comes again")).isEmpty();

        // Then
        assertThat(all(queue)).containsExactly("comes again", "flood");
    }

    @Test
    void manyAddressesOfANetworkDoNotFillIt() {
        // Given
        var queue = new FairQueue<String>(40);
        for (var n = 0; n < 40; n++) {
            assertThat(queue.add("2001:db8:0:" + Integer.toHexString(n) + "::1", "flood"))
                    .isEmpty();
        }

        // When
        var first = queue.add("198.51.100.1", "ada");
        var second = queue.add("198.51.100.1", "ada again");

        // Then
        assertThat(first).contains("flood");
        assertThat(second).contains("flood");
    }

    @Test
    void whenItIsFullTheNewestOfTheLongestGivesWay() {
        // Given
        var queue = new FairQueue<String>(3);
        assertThat(queue.add("192.0.2.1", "a")).isEmpty();
        assertThat(queue.add("192.0.2.2", "b")).isEmpty();
        assertThat(queue.add("192.0.2.2", "c")).isEmpty();

        // When
        var ofTheSame = queue.add("192.0.2.2", "d");
        var ofAnother = queue.add("198.51.100.1", "e");
        var ofAnEqual = queue.add("198.51.100.1", "f");

        // Then
        assertThat(ofTheSame).contains("d");
        assertThat(ofAnother).contains("c");
        assertThat(ofAnEqual).contains("f");
        assertThat(all(queue)).containsExactlyInAnyOrder("a", "b", "e");
    }

    @Test
    void aQueueOfNothingTakesNothing() {
        assertThat(new FairQueue<String>(0).add("192.0.2.1", "a")).contains("a");
    }
}
