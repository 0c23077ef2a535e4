package dev.skelly.features.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.event.Json;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.Problem;
import dev.skelly.schema.SchemaValidator;
import dev.skelly.schema.ValidationBudget;
import dev.skelly.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A validation stays where it is while it is short. */
@ExtendWith(VertxExtension.class)
class LongValidationTest {

    private static final SchemaValidator LINES = new SchemaValidator(
            new BodySchema(Map.of("items", Map.of("maxLength", 1000, "pattern", "^(.*a){300}$")), false),
            Json.mapper());

    private static JsonNode lines(int count) {
        return Json.mapper().valueToTree(Collections.nCopies(count, "a".repeat(1_000)));
    }

    private static Function<ValidationBudget, String> validation(int lines) {
        return budget -> Thread.currentThread().getName() + LINES.faults(lines(lines), budget);
    }

    private static void hold(CountDownLatch open) {
        try {
            assertThat(open.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void onlyALongValidationLeavesItsThread(Vertx vertx) {
        var validation = new LongValidation(vertx, 1);

        var shortOne = validation.run(validation(0));
        assertThat(shortOne.isComplete()).isTrue();
        assertThat(shortOne.result()).isEqualTo(Thread.currentThread().getName() + "[]");
        assertThat(Waiting.on(validation.run(validation(3))))
                .startsWith("skelly-validation")
                .endsWith("[]");
    }

    @Test
    void aProblemIsToldFromEitherThread(Vertx vertx) {
        var validation = new LongValidation(vertx, 1);

        assertThatThrownBy(() -> validation.run(budget -> {
                    throw Problem.forbidden("here");
                }))
                .isInstanceOf(Problem.class);
        var elsewhere = validation.run(budget -> {
            assertThat(LINES.faults(lines(3), budget)).isEmpty();
            throw Problem.forbidden("there");
        });
        assertThatThrownBy(() -> Waiting.on(elsewhere)).hasStackTraceContaining("there");
    }

    @Test
    void tooManyAtOnceAreRefused(Vertx vertx) {
        var validation = new LongValidation(vertx, 2);
        var open = new CountDownLatch(1);
        var underway = new ArrayList<Future<List<?>>>();
        var refused = 0;
        var most = Math.max(1, Runtime.getRuntime().availableProcessors() / 2) + 2;
        for (var request = 0; request < most + 3; request++) {
            var one = validation.<List<?>>run(budget -> {
                var faults = LINES.faults(lines(3), budget);
                hold(open);
                return faults;
            });
            if (one.failed()) {
                assertThat(one.cause())
                        .isInstanceOfSatisfying(
                                Problem.class,
                                problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.UNAVAILABLE));
                refused++;
            } else {
                underway.add(one);
            }
        }
        open.countDown();

        assertThat(refused).isEqualTo(3);
        underway.forEach(one -> assertThat(Waiting.on(one)).isEmpty());
        assertThat(Waiting.on(validation.run(validation(3)))).endsWith("[]");
    }
}
