package dev.skelly.features.orders;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.feature.InstalledFeature;
import dev.skelly.feature.Principal;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Response;
import dev.skelly.features.payments.PaymentEvent;
import dev.skelly.features.processes.ProcessesFeature;
import dev.skelly.testkit.FeatureFixture;
import dev.skelly.testkit.MovableClock;
import dev.skelly.testkit.TestDatabase;
import dev.skelly.testkit.TestRequest;
import dev.skelly.view.EventViews;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

/** Orders over a real database, with people of each kind; payments are told by events. */
abstract class OrdersFixture {

    static final UUID ADA = UUID.fromString("0192aaaa-0000-7000-8000-00000000000a");

    final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T12:00:00Z"));
    final TestDatabase database = TestDatabase.fresh("audit", "orders", "processes");
    final FeatureFixture skelly = new FeatureFixture(
            database,
            clock,
            new OrdersFeature(OrdersConfig.DEFAULT, this::views),
            new ProcessesFeature(() -> this.installed()));

    EventViews views() {
        EventTypeRegistry types = skelly.eventTypes();
        return new EventViews(types, (reader, channel) -> false);
    }

    List<InstalledFeature> installed() {
        return skelly.features();
    }

    @AfterEach
    void close() {
        skelly.close();
    }

    static Principal person(UUID account, String... roles) {
        var all = new HashSet<>(Set.of(roles));
        all.add("user");
        return new Principal(account, account, all, 1, Instant.MAX);
    }

    static final Principal CUSTOMER = person(ADA);
    static final Principal OTHER = person(UUID.fromString("0192aaaa-0000-7000-8000-00000000000b"));
    static final Principal ADMIN = person(UUID.fromString("0192aaaa-0000-7000-8000-00000000000c"), "admin");
    static final Principal WAREHOUSE = person(UUID.fromString("0192aaaa-0000-7000-8000-00000000000d"), "warehouse");

    @CanIgnoreReturnValue
    Response call(String method, String path, TestRequest request) {
        return await(skelly.call(method, path, request));
    }

    Problem refusal(String method, String path, TestRequest request) {
        var thrown = new ArrayList<Problem>();
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> call(method, path, request))
                .satisfies(thrown::add);
        return thrown.get(0);
    }

    void stock(String sku, int pieces) {
        var body = "{\"name\":\"a " + sku + "\",\"priceCents\":500,\"stock\":" + pieces + "}";
        call("PUT", "/api/products/{sku}", TestRequest.of(body).at("sku", sku).by(ADMIN));
    }

    static TestRequest order(String sku, int quantity) {
        return TestRequest.of("{\"items\":[{\"sku\":\"" + sku + "\",\"quantity\":" + quantity
                        + "}],\"payment\":{\"token\":\"ok\"}}")
                .by(CUSTOMER);
    }

    UUID place(String sku, int quantity) {
        var placed = call("POST", "/api/orders", order(sku, quantity));
        assertThat(placed.status()).isEqualTo(201);
        return UUID.fromString(
                String.valueOf(Objects.requireNonNull(skelly.body(placed).get("id"))));
    }

    Map<String, Object> show(UUID id, Principal reader) {
        return skelly.body(call(
                "GET",
                "/api/orders/{id}",
                TestRequest.of("").at("id", id.toString()).by(reader)));
    }

    static String text(Map<String, Object> body, String field) {
        return String.valueOf(body.get(field));
    }

    Object state(UUID id) {
        return Objects.requireNonNull(show(id, ADMIN).get("state"));
    }

    String stockOf(String sku) {
        return skelly.texts("select stock || '/' || held from product where sku = '" + sku + "'")
                .get(0);
    }

    TestRequest of(UUID id, Principal by) {
        return TestRequest.of("").at("id", id.toString()).by(by);
    }

    void paid(UUID id) {
        skelly.deliver(new PaymentEvent.PaymentProcessed(id, ADA, 1_000, "charge"));
        skelly.deliver();
    }
}
