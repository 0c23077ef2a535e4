package dev.skelly.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.bus.ChannelBuckets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BucketCoverageTest {

    private static final List<String> PUBLIC = List.of("public");
    private static final List<String> BOTH = List.of("public", "role:admin");
    private static final int PUBLIC_BUCKET = ChannelBuckets.of("public");
    private static final int ADMIN_BUCKET = ChannelBuckets.of("role:admin");

    private final BucketCoverage coverage = new BucketCoverage();

    @Test
    void asksForABucketOnce() {
        assertThat(coverage.enter(PUBLIC)).containsExactly(PUBLIC_BUCKET);
        assertThat(coverage.enter(BOTH)).containsExactly(ADMIN_BUCKET);
    }

    @Test
    void knowsNothingBeforeTheFeedAnswered() {
        var asked = coverage.enter(BOTH);
        coverage.covered(Map.of(PUBLIC_BUCKET, 5L));

        assertThat(asked).hasSize(2);
        assertThat(coverage.since(PUBLIC)).isEqualTo(5);
        assertThat(coverage.since(BOTH)).isEqualTo(BucketCoverage.NOT_YET);
    }

    @Test
    void isWholeOnlySinceTheYoungestOfItsBuckets() {
        var asked = coverage.enter(BOTH);
        coverage.covered(Map.of(PUBLIC_BUCKET, 5L, ADMIN_BUCKET, 9L));

        assertThat(asked).hasSize(2);
        assertThat(coverage.since(BOTH)).isEqualTo(9);
    }

    @Test
    void givesABucketUpSomeTimeAfterItsLastReaderLeft() {
        var asked = coverage.enter(PUBLIC);
        coverage.covered(Map.of(PUBLIC_BUCKET, 5L));
        coverage.leave(PUBLIC, 1_000);

        assertThat(asked).hasSize(1);
        assertThat(coverage.giveUp(1_050, 100)).isEmpty();
        assertThat(coverage.giveUp(1_101, 100)).containsExactly(PUBLIC_BUCKET);
        assertThat(coverage.since(PUBLIC)).isEqualTo(BucketCoverage.NOT_YET);
        assertThat(coverage.enter(PUBLIC)).containsExactly(PUBLIC_BUCKET);
    }
}
