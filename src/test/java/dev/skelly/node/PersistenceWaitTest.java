package dev.skelly.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.config.StartException;
import dev.skelly.feature.Problem;
import dev.skelly.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class PersistenceWaitTest {

    private final AtomicInteger asked = new AtomicInteger();

    private Future<Void> failing(RuntimeException failure) {
        asked.incrementAndGet();
        return Future.failedFuture(failure);
    }

    private static Problem away() {
        return Problem.unavailable("away", Duration.ofSeconds(2));
    }

    @Test
    void asksAgainUntilOneAnswers(Vertx vertx) {
        // When
        Waiting.on(PersistenceWait.until(
                vertx, () -> asked.get() == 1 ? Future.succeededFuture() : failing(away()), Duration.ofHours(1)));

        // Then
        assertThat(asked).hasValue(1);
    }

    @Test
    void saysWhatItWaitedForWhenNoneAnswersInTime(Vertx vertx) {
        // When
        var failure = Waiting.failure(PersistenceWait.until(vertx, () -> failing(away()), Duration.ZERO));

        // Then
        assertThat(failure)
                .isInstanceOf(StartException.class)
                .hasMessageContaining("no node with persistence")
                .hasMessageContaining("start.timeout");
    }

    @Test
    void doesNotWaitForWhatTimeDoesNotChange(Vertx vertx) {
        // When
        var failure = Waiting.failure(PersistenceWait.until(
                vertx, () -> failing(new IllegalStateException("another release")), Duration.ofHours(1)));

        // Then
        assertThat(failure).hasMessage("another release");
        assertThat(asked).hasValue(1);
    }
}
