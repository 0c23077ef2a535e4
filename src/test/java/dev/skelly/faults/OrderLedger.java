package dev.skelly.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.features.orders.OrderBooks;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the database of a shop holds. */
final class OrderLedger {

    /* What is not at its end, or waits for something: nothing of it is left when all is done. */
    private static final Map<String, String> UNDONE = Map.of(
            "orders",
            OrderBooks.UNFINISHED,
            "payments",
            "select count(*) from payment_pending",
            "deadlines",
            "select count(*) from process_deadline where process = 'order-process'",
            "retries",
            "select count(*) from inbox where state in ('running', 'waiting')",
            "unsequenced",
            "select count(*) from event where position is null",
            "undispatched",
            "select log_head() - min(position) from relay_checkpoint");

    /* Events of a worker without its effect: they did not come out of its queue yet. */
    private static final String QUEUED = """
            select count(*)
            from event e
            where e.type = any (?)
              and not exists (select from work_done d where d.worker = number_of_worker(?) and d.position = e.position)
              and not exists (select from inbox i where i.worker = ? and i.event = e.id and i.state = 'done')
            """;

    private static final Map<String, List<String>> WORKERS = Map.of(
            "order-process",
            List.of(
                    "order.placed",
                    "order.paid",
                    "order.cancelled",
                    "payment.processed",
                    "payment.failed",
                    "payment.refunded"),
            "request-payment",
            List.of("order.payment-requested", "order.cancelled"),
            "charge-payment",
            List.of("payment.requested"),
            "refund-payment",
            List.of("payment.refund-requested"));

    private final Stage stage;

    OrderLedger(Stage stage) {
        this.stage = stage;
    }

    /** Returns what is left to do, by its kind; empty at the end. */
    Map<String, Long> undone() throws SQLException {
        var left = new HashMap<String, Long>();
        try (var connection = stage.services().connect()) {
            for (var kind : UNDONE.entrySet()) {
                left.put(kind.getKey(), count(connection, kind.getValue()));
            }
            for (var worker : WORKERS.entrySet()) {
                left.put(worker.getKey(), queued(connection, worker.getKey(), worker.getValue()));
            }
        }
        left.values().removeIf(count -> count == 0);
        return left;
    }

    private static long queued(Connection connection, String worker, List<String> types) throws SQLException {
        try (var query = connection.prepareStatement(QUEUED)) {
            query.setArray(1, connection.createArrayOf("text", types.toArray()));
            query.setString(2, worker);
            query.setString(3, worker);
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private static long count(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Returns the number of dead letters, of whatever worker. */
    long deadLetters() throws SQLException {
        try (var connection = stage.services().connect()) {
            return count(connection, "select count(*) from dead_letter");
        }
    }

    /** Returns the events that move money or stock, in the order of the log. */
    List<OrderBooks.Entry> events() throws SQLException {
        return rows(OrderBooks.EVENTS, row -> new OrderBooks.Entry(row.getString("type"), read(row.getString("data"))));
    }

    /** Returns the ids of the orders in the log, each as often as it was placed. */
    List<String> placed() throws SQLException {
        return rows(
                "select data ->> 'orderId' as id from event where type = 'order.placed'", row -> row.getString("id"));
    }

    /** Returns the number of pieces of each product; none is held. */
    Map<String, Integer> stock() throws SQLException {
        var products = rows("select sku, stock, held from product", row -> {
            assertThat(row.getInt("held")).as("held %s", row.getString("sku")).isZero();
            return Map.entry(row.getString("sku"), row.getInt("stock"));
        });
        return products.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private JsonNode read(String json) {
        return stage.api().read(json);
    }

    /** Makes something of a row. */
    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> rows(String sql, Reader<T> reader) throws SQLException {
        var read = new ArrayList<T>();
        try (var connection = stage.services().connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                read.add(reader.read(rows));
            }
        }
        return read;
    }
}
