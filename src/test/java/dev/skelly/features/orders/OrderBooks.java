package dev.skelly.features.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Adds up the money and the stock of a log, event by event, by rules of its own: it shares no code with the product. */
public final class OrderBooks {

    /** Reads type and data of every event that counts here, in the order of the log. */
    public static final String EVENTS =
            "select type, data::text as data from event where type ~ '^(order|payment|product)[.]' order by seq";

    /**
     * Counts the orders that are not at their end. A cancelled order is, when its payment has heard of that, and was not requested, or was refused; else it
     * is refunded.
     */
    public static final String UNFINISHED = """
            select count(*) from order_summary o
            where o.state in ('placed', 'paid')
              or (o.state = 'cancelled' and (
                not exists (select from event e where e.subject = 'payment:' || o.order_id and e.type = 'payment.withdrawn')
                or (exists (select from event e where e.subject = 'payment:' || o.order_id and e.type = 'payment.requested')
                  and not exists (select from event e where e.subject = 'payment:' || o.order_id and e.type = 'payment.failed'))))
            """;

    private final Map<String, Integer> stock = new HashMap<>();
    private final Map<String, Integer> held = new HashMap<>();
    private final Map<String, JsonNode> placed = new HashMap<>();
    private final Map<String, String> state = new HashMap<>();
    private final Map<String, Long> money = new HashMap<>();
    private final Set<String> charged = new HashSet<>();

    /** One event. */
    public record Entry(String type, JsonNode data) {}

    /** Checks every prefix, and the end; the stock that is left. */
    public Map<String, Integer> check(List<Entry> log) {
        log.forEach(this::enter);
        state.forEach(
                (order, end) -> assertThat(end).as(order).isIn("order.confirmed", "order.cancelled", "order.refunded"));
        state.forEach((order, end) -> {
            var paid = end.equals("order.confirmed") ? total(order) : 0;
            assertThat(money.getOrDefault(order, 0L))
                    .as("money of %s, which is %s", order, end)
                    .isEqualTo(paid);
        });
        held.forEach((sku, pieces) -> assertThat(pieces).as("held %s", sku).isZero());
        return stock;
    }

    private long total(String order) {
        return Objects.requireNonNull(placed.get(order)).get("totalCents").longValue();
    }

    private void enter(Entry entry) {
        var data = entry.data();
        var order = data.path("orderId").textValue();
        switch (entry.type()) {
            case "product.updated" ->
                stock.put(data.get("sku").textValue(), data.get("stock").intValue());
            case "order.placed" -> {
                placed.put(order, data);
                move(order, 0, 1);
            }
            case "order.confirmed" -> move(order, -1, -1);
            case "order.cancelled" -> {
                var confirmed = "order.confirmed".equals(state.get(order));
                move(order, confirmed ? 1 : 0, confirmed ? 0 : -1);
            }
            case "payment.processed" -> {
                assertThat(charged.add(order)).as("%s is charged once", order).isTrue();
                assertThat(data.get("amountCents").longValue()).isEqualTo(total(order));
                money.merge(order, total(order), Long::sum);
            }
            case "payment.refunded" ->
                money.merge(order, -data.get("amountCents").longValue(), Long::sum);
            default -> {}
        }
        if (entry.type().startsWith("order.") && !entry.type().equals("order.payment-requested")) {
            state.put(order, entry.type());
        }
        assertThat(money.getOrDefault(order, 0L)).as("money of %s", order).isNotNegative();
    }

    private void move(String order, int ofStock, int ofHeld) {
        for (var item : Objects.requireNonNull(placed.get(order)).get("items")) {
            var sku = item.get("sku").textValue();
            var quantity = item.get("quantity").intValue();
            stock.merge(sku, ofStock * quantity, Integer::sum);
            held.merge(sku, ofHeld * quantity, Integer::sum);
            assertThat(held.get(sku)).as("held %s", sku).isBetween(0, stock.get(sku));
        }
    }
}
