package dev.skelly.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.WebServer;
import io.vertx.core.Promise;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** E-31: a request with a key has one effect and one answer, however often and in whatever weather it is repeated. */
final class IdempotencyIT {

    private static final int PARALLEL = 50;
    private IdempotencyFixture workshop = new IdempotencyFixture(IdempotencyConfig.DEFAULT, true);

    @AfterEach
    void close() {
        workshop.close();
    }

    private void reopen(IdempotencyConfig config, boolean local) {
        workshop.close();
        workshop = new IdempotencyFixture(config, local);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void answersARepeatAsTheFirstTime(boolean local) {
        // Given
        reopen(IdempotencyConfig.DEFAULT, local);
        var first = workshop.make("a-key", 40);

        // When
        var again = workshop.make("a-key", 40);

        // Then
        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        assertSame(again, first);
        assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(workshop.lamps()).isEqualTo(1);
        assertThat(workshop.begun).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void hasOneEffectOfFiftyAtOnce(boolean local) {
        // Given
        reopen(IdempotencyConfig.DEFAULT, local);
        var key = UUID.randomUUID().toString();
        var threads = Executors.newFixedThreadPool(PARALLEL);

        // When
        var calls = IntStream.range(0, PARALLEL)
                .mapToObj(call -> CompletableFuture.supplyAsync(() -> workshop.make(key, 40), threads))
                .toList();
        var answers = calls.stream().map(CompletableFuture::join).toList();
        threads.shutdown();

        // Then
        assertThat(workshop.lamps()).isEqualTo(1);
        assertThat(workshop.begun).hasValue(1);
        assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isIn(201, 409));
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 409).allSatisfy(answer -> {
            assertThat(answer.body()).contains("idempotency-key-in-use");
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        });
        assertThat(answers.stream()
                        .filter(answer -> answer.statusCode() == 201)
                        .map(HttpResponse::body)
                        .distinct())
                .containsExactly(workshop.make(key, 40).body());
    }

    @Test
    void refusesAKeyThatServedAnotherRequest() {
        // Given
        var key = UUID.randomUUID().toString();
        var first = workshop.make(key, 40);

        // When
        var otherBody = workshop.make(key, 60);
        var otherPath = workshop.server.send(workshop.request("/api/shades", 40)
                .header("Idempotency-Key", key)
                .build());

        // Then
        assertThat(List.of(otherBody, otherPath)).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.body()).contains("idempotency-key-reused");
        });
        assertSame(workshop.make(key, 40), first);
        assertThat(workshop.lamps()).isEqualTo(1);
    }

    @Test
    void aRequestIsItsValueWhateverItsSpelling() {
        var first = workshop.make("k", 400);

        assertSame(workshop.make("k", " {\"watts\" : 400.0}"), first);
        assertSame(workshop.make("k", "{\"\\u0077atts\":4e2}\n"), first);
        assertThat(workshop.make("k", 401).statusCode()).isEqualTo(422);
        assertThat(workshop.lamps()).isEqualTo(1);
    }

    @Test
    void answersARequestThatAnEarlierReleaseStored() throws GeneralSecurityException {
        var first = workshop.make("k", 40);
        workshop.execute("update idempotency_key set request = '" + IdempotencyFixture.former("k", 40) + "'");

        assertSame(workshop.make("k", 40), first);
        assertThat(workshop.make("k", 41).statusCode()).isEqualTo(422);
    }

    @Test
    void keepsTheKeysOfCallersApart() {
        // When
        var bodies = IntStream.range(1, 3)
                .mapToObj(number -> WebServer.TOKENS.token(new UUID(0, number), "user"))
                .map(token -> workshop.server.send(workshop.request("/api/lamps", 40)
                        .header("Idempotency-Key", "1")
                        .header("Authorization", "Bearer " + token)
                        .build()))
                .map(HttpResponse::body)
                .toList();

        // Then
        assertThat(workshop.make("1", 40).body()).isNotIn(bodies);
        assertThat(bodies).doesNotHaveDuplicates();
        assertThat(workshop.lamps()).isEqualTo(3);
    }

    /* As when the node dies after the commit and before its answer is kept. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void answersFromTheEffectWhenTheAnswerWasLost(boolean local) {
        // Given
        reopen(IdempotencyConfig.DEFAULT, local);
        workshop.after = IdempotencyFixture.first(Promise.promise());
        var key = UUID.randomUUID().toString();
        var lost = workshop.make(key, 40);

        // When
        var again = workshop.make(key, 40);
        var third = workshop.make(key, 40);

        // Then
        assertThat(lost.statusCode()).isEqualTo(503);
        assertThat(again.statusCode()).as(again.body()).isEqualTo(201);
        assertSame(third, again);
        assertThat(workshop.begun).hasValue(2);
        assertThat(workshop.lamps()).isEqualTo(1);
    }

    /* A run that was taken for dead and was not. */
    @Test
    void letsNoRunCommitAfterAnotherTookOver() {
        // Given
        var gate = Promise.<Void>promise();
        workshop.before = IdempotencyFixture.first(gate);
        var key = UUID.randomUUID().toString();
        var late = workshop.make(key, 40);
        var second = workshop.make(key, 40);

        // When
        gate.complete();
        var third = workshop.make(key, 40);

        // Then
        assertThat(late.statusCode()).isEqualTo(503);
        assertThat(second.statusCode()).as(second.body()).isEqualTo(201);
        assertSame(third, second);
        assertThat(workshop.lamps()).isEqualTo(1);
    }

    @Test
    void lendsTheKeyToAnotherRequestAfterARefusal() {
        // Given
        workshop.refusals.set(1);
        var refused = workshop.make("k", 40);

        // When
        var corrected = workshop.make("k", 60);

        // Then
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("no-bulbs");
        assertThat(corrected.statusCode()).isEqualTo(201);
        assertThat(workshop.lamps()).isEqualTo(1);
    }

    @Test
    void keepsNothingInTheClear() {
        // Given
        var key = "key-" + UUID.randomUUID();

        // When
        var answer = workshop.make(key, 471_147_114);

        // Then
        var dump = workshop.dump();
        assertThat(answer.body()).contains("swordfish");
        assertThat(dump).isNotEmpty().doesNotContain(key).doesNotContain("swordfish");
        assertThat(dump).doesNotContain("471147114").doesNotContain("127.0.0.1");
    }

    @Test
    void forgetsAKeyAfterItsTime() {
        // Given
        reopen(new IdempotencyConfig(Duration.ofSeconds(1), 1024, 10, Duration.ofMillis(100)), true);
        var first = workshop.make("k", 40);

        // When
        await().until(() -> workshop.keys() == 0);
        var other = workshop.make("k", 60);

        // Then
        assertThat(other.statusCode()).isEqualTo(201);
        assertThat(other.body()).isNotEqualTo(first.body());
        assertThat(workshop.lamps()).isEqualTo(2);
    }

    @Test
    void remembersNoMoreThanItsBound() {
        // Given
        reopen(new IdempotencyConfig(Duration.ofHours(1), 1024, 2, Duration.ofMinutes(1)), true);

        // When
        var statuses = List.of("a", "b", "c", "a").stream()
                .map(key -> workshop.make(key, 40).statusCode())
                .toList();

        // Then
        assertThat(statuses).containsExactly(201, 201, 429, 201);
        assertThat(workshop.keys()).isEqualTo(2);
    }

    @Test
    void answersOnceEvenWhatIsTooLongToKeep() {
        // Given
        reopen(new IdempotencyConfig(Duration.ofHours(1), 8, 10, Duration.ofMinutes(1)), true);
        var first = workshop.make("k", 40);

        // When
        var again = workshop.make("k", 40);

        // Then
        assertSame(again, first);
        assertThat(workshop.begun).hasValue(2);
        assertThat(workshop.lamps()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "\t", "LONG"})
    void refusesAKeyThatIsNone(String key) {
        // When
        var answer = workshop.make(key.replace("LONG", "k".repeat(256)), 40);

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("1 to 255 visible characters");
        assertThat(workshop.lamps()).isZero();
    }

    @Test
    void knowsASealThatWasChanged() {
        // Given
        var seal = new ResponseEncryption("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
        var sealed = seal.close("text".getBytes(StandardCharsets.UTF_8));

        // When
        sealed[sealed.length - 1] ^= 1;

        // Then
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> seal.open(sealed))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertSame(HttpResponse<String> answer, HttpResponse<String> first) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(first.statusCode());
        assertThat(answer.body()).isEqualTo(first.body());
        for (var name : List.of("Location", "Skelly-Position", "Content-Type", "Cache-Control")) {
            assertThat(answer.headers().allValues(name))
                    .as(name)
                    .isEqualTo(first.headers().allValues(name));
        }
    }
}
