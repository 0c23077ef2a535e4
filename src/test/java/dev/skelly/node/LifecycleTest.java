package dev.skelly.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifecycleTest {

    private final List<String> told = new ArrayList<>();
    private final Lifecycle parts = new Lifecycle();

    @Test
    void stopsInReverseAndOnlyWhatHadStarted() {
        // Given
        part("log", Future.succeededFuture("log"));
        part("relay", Future.succeededFuture("relay"));
        part("http", Future.failedFuture("port in use"));

        // When
        var stopped = parts.stop();

        // Then
        assertThat(stopped.succeeded()).isTrue();
        assertThat(told).containsExactly("-relay", "-log");
    }

    @Test
    void stopsTheOthersWhenOneFailsToStop() {
        // Given
        part("log", Future.succeededFuture("log"));
        parts.add("relay", Future.succeededFuture("relay"), relay -> {
                    throw new IllegalStateException("stuck");
                })
                .result();

        // When
        var stopped = parts.stop();

        // Then
        assertThat(stopped.succeeded()).isTrue();
        assertThat(told).containsExactly("-log");
    }

    @Test
    void mayBeStoppedTwice() {
        // Given
        part("log", Future.succeededFuture("log"));

        // When
        var twice = parts.stop().compose(done -> parts.stop());

        // Then
        assertThat(twice.succeeded()).isTrue();
        assertThat(told).containsExactly("-log");
    }

    @Test
    void waitsForWhatIsBeingStartedAndStopsThatFirst() {
        // Given
        part("log", Future.succeededFuture("log"));
        var relay = Promise.<String>promise();
        var added = parts.add("relay", relay.future(), part -> {
            told.add("-" + part);
            return Future.succeededFuture();
        });

        // When
        var stopped = parts.stop();
        var early = List.copyOf(told);
        relay.complete("relay");

        // Then
        assertThat(early).isEmpty();
        assertThat(told).containsExactly("-relay", "-log");
        assertThat(stopped.succeeded()).isTrue();
        assertThat(added.failed()).isTrue();
    }

    @Test
    void keepsNothingThatComesUpAfterTheStop() {
        // Given
        var stopped = parts.stop();

        // When
        var late = parts.add("http", Future.succeededFuture("http"), part -> {
            told.add("-" + part);
            return Future.succeededFuture();
        });

        // Then
        assertThat(stopped.succeeded()).isTrue();
        assertThat(late.cause()).hasMessageContaining("told to end");
        assertThat(told).containsExactly("-http");
    }

    private void part(String name, Future<String> start) {
        var added = parts.add(name, start, part -> {
            told.add("-" + part);
            return Future.succeededFuture();
        });
        assertThat(added.succeeded()).isEqualTo(start.succeeded());
    }
}
