package dev.skelly.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Compares what the API showed of orders with what it shows now of that time. */
final class EarlierOrders {

    private final Stage stage;
    private final String token;
    private int byCursor;
    private int byTime;

    /** An event of an order. */
    private record Past(String cursor, Instant time) {}

    /**
     * Reads the orders.
     *
     * @param token of an administrator
     */
    EarlierOrders(Stage stage, String token) {
        this.stage = stage;
        this.token = token;
    }

    /** The last event that the answer had is named by its cursor; the time is that of the answer itself. */
    void compare(List<Shoppers.Seen> answers) {
        for (var then : answers) {
            var path = "/api/orders/" + then.order().get("id").textValue();
            var events = events(path);
            var version = then.order().get("version").intValue();
            var last = events.get(version - 1);
            assertThat(read(path + "?at=" + last.cursor())).isEqualTo(then.order());
            byCursor++;
            if (isOf(then, last, version < events.size() ? events.get(version).time() : Instant.MAX)) {
                assertThat(read(path + "?at=" + then.asked())).as("%s", then).isEqualTo(then.order());
                byTime++;
            }
        }
    }

    /* An event has the time at which its transaction wrote it: what was committed just then is of either side. */
    private static boolean isOf(Shoppers.Seen then, Past last, Instant next) {
        return !last.time().isAfter(then.asked()) && next.isAfter(then.answered());
    }

    private List<Past> events(String path) {
        var events = new ArrayList<Past>();
        for (var event : read(path + "/history").get("items")) {
            if (event.get("type").textValue().startsWith("order.")) {
                events.add(new Past(
                        event.get("cursor").textValue(),
                        Instant.parse(event.get("time").textValue())));
            }
        }
        return events;
    }

    private JsonNode read(String path) {
        HttpResponse<String> answer = stage.api()
                .send("GET", path, token, UUID.randomUUID(), null)
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
        return stage.api().read(answer.body());
    }

    /** Returns the number of answers that were compared by the cursor of their last event. */
    int byCursor() {
        return byCursor;
    }

    /** Returns the number of answers that were compared by their time. */
    int byTime() {
        return byTime;
    }
}
