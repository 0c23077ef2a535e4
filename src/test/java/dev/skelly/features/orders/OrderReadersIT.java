package dev.skelly.features.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.feature.Problem;
import dev.skelly.testkit.TestRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who sees which orders, and how they were, over a real database. */
class OrderReadersIT extends OrdersFixture {

    @Test
    void readersSeeWhatTheyMay() {
        stock("lamp", 5);
        var id = place("lamp", 2);
        assertThat(skelly.log()).isNotEmpty(); // Sequences them: the history shows no others.

        assertThat(show(id, CUSTOMER)).containsEntry("totalCents", 1_000);
        assertThat(show(id, WAREHOUSE).toString()).contains("lamp").doesNotContain("Cents");
        assertThat(refusal("GET", "/api/orders/{id}", of(id, OTHER)).code()).isEqualTo("not-found");
        assertThat(refusal("POST", "/api/orders/{id}/cancel", of(id, OTHER)).code())
                .isEqualTo("not-found");
        assertThat(refusal("POST", "/api/orders/{id}/ship", of(id, CUSTOMER)).code())
                .isEqualTo("forbidden");
        assertThat(refusal("POST", "/api/orders/{id}/cancel", of(id, WAREHOUSE)).code())
                .isEqualTo("forbidden");

        var list = TestRequest.of("");
        assertThat(skelly.body(call("GET", "/api/orders", list.by(OTHER))).get("items"))
                .isEqualTo(List.of());
        assertThat(String.valueOf(call("GET", "/api/orders", list.by(WAREHOUSE)).body()))
                .contains("totalCents=null");
        assertThat(String.valueOf(call("GET", "/api/orders", list.by(CUSTOMER)).body()))
                .contains("totalCents=1000");

        var history = skelly.body(call("GET", "/api/orders/{id}/history", of(id, CUSTOMER)));
        assertThat(text(history, "items")).contains("order.placed", "1000").doesNotContain("token");
        var bare = skelly.body(call("GET", "/api/orders/{id}/history", of(id, WAREHOUSE)));
        assertThat(text(bare, "items")).contains("order.placed").doesNotContain("Cents");
    }

    @Test
    void listHasPagesAndStates() {
        stock("lamp", 5);
        var ids = List.of(place("lamp", 1), place("lamp", 1), place("lamp", 1));
        call("POST", "/api/orders/{id}/cancel", of(ids.get(1), CUSTOMER));
        var list = TestRequest.of("").by(CUSTOMER);
        var queries = Map.of("order", "asc", "limit", "2");
        var asking = new TestRequest("", Map.of(), queries, Map.of(), Map.of(), CUSTOMER);

        var first = skelly.body(call("GET", "/api/orders", asking));
        assertThat(first.get("nextCursor")).isEqualTo(ids.get(1).toString());
        assertThat(text(
                        skelly.body(call(
                                "GET",
                                "/api/orders",
                                list.asking("after", ids.get(1).toString()))),
                        "items"))
                .contains(ids.get(0).toString())
                .doesNotContain(ids.get(2).toString());
        assertThat(text(skelly.body(call("GET", "/api/orders", list.asking("state", "cancelled"))), "items"))
                .contains(ids.get(1).toString())
                .doesNotContain(ids.get(0).toString());
        assertThat(refusal("GET", "/api/orders", list.asking("state", "lost"))
                        .faults()
                        .get(0)
                        .detail())
                .contains("placed, paid");
    }

    @Test
    void anOldVersionIsRefusedAndThePresentOneNamed() {
        stock("lamp", 5);
        var id = place("lamp", 1);
        var read = call("GET", "/api/orders/{id}", of(id, CUSTOMER));
        assertThat(read.headers()).contains(Map.entry("ETag", "\"2\""));
        paid(id);

        var late = new TestRequest(
                "", Map.of("id", id.toString()), Map.of(), Map.of("If-Match", "\"2\""), Map.of(), CUSTOMER);
        var refusal = refusal("POST", "/api/orders/{id}/cancel", late);

        assertThat(refusal.kind()).isEqualTo(Problem.Kind.STALE);
        assertThat(refusal.detail()).contains("is at version 4 (expected: 2)");
        assertThat(state(id)).isEqualTo("confirmed");
    }

    @Test
    void showsWhatAnOrderWas() {
        stock("lamp", 5);
        var id = place("lamp", 1);
        var then = clock.instant();
        clock.pass(Duration.ofSeconds(60));
        paid(id);

        var at = new TestRequest(
                "",
                Map.of("id", id.toString()),
                Map.of("at", then.plusSeconds(59).toString()),
                Map.of(),
                Map.of(),
                CUSTOMER);
        assertThat(skelly.body(call("GET", "/api/orders/{id}", at)))
                .containsEntry("state", "placed")
                .containsEntry("version", 2);

        var before = new TestRequest(
                "", at.paths(), Map.of("at", then.minusSeconds(1).toString()), Map.of(), Map.of(), CUSTOMER);
        assertThat(refusal("GET", "/api/orders/{id}", before).code()).isEqualTo("not-found");
        var later = new TestRequest(
                "", at.paths(), Map.of("at", then.plusSeconds(61).toString()), Map.of(), Map.of(), CUSTOMER);
        assertThat(refusal("GET", "/api/orders/{id}", later).faults().get(0).code())
                .isEqualTo("future");
        var wrong = new TestRequest("", at.paths(), Map.of("at", "noon"), Map.of(), Map.of(), CUSTOMER);
        assertThat(refusal("GET", "/api/orders/{id}", wrong).faults().get(0).detail())
                .contains("RFC 3339");
    }
}
