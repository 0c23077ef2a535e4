package dev.skelly.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InterestsTest {

    private final ChannelSubscriptions interests = new ChannelSubscriptions(100);

    @Test
    void remembersSinceWhenABucketIsFollowed() {
        assertThat(interests.add(7, 40)).isEqualTo(40);
        assertThat(interests.add(7, 90)).isEqualTo(40);
    }

    @Test
    void countsABucketAnewAfterItsLastHolderLeft() {
        assertThat(interests.add(7, 40)).isEqualTo(40);
        interests.drop(7);

        assertThat(interests.none()).isTrue();
        assertThat(interests.add(7, 90)).isEqualTo(90);
    }

    @Test
    void changesItsVersionOnceForAllThatWasNotAnnounced() {
        assertThat(interests.add(7, 40)).isEqualTo(40);
        assertThat(interests.add(8, 41)).isEqualTo(41);
        var first = interests.announcement("a");
        assertThat(interests.add(9, 42)).isEqualTo(42);
        var second = interests.announcement("a");

        assertThat(first.version()).isEqualTo(101);
        assertThat(first.buckets()).containsExactly(7, 8);
        assertThat(second.version()).isEqualTo(102);
        assertThat(interests.announcement("a").version()).isEqualTo(102);
    }
}
