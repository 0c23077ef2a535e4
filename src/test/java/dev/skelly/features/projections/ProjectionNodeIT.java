package dev.skelly.features.projections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.CommandHere;
import dev.skelly.event.ReplayMark;
import dev.skelly.testing.Waiting;
import dev.skelly.testing.WholeNode;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Projections and replays at a running node: over REST, on the command line, beside writers, readers and workers. */
class ProjectionNodeIT {

    private static final TallyFeature TALLY = new TallyFeature();
    private static final String BYTES =
            "select coalesce(md5(string_agg(t::text, ',' order by order_id)), '') from order_summary t";

    @SuppressWarnings("NullAway.Init") // started before all tests
    private static WholeNode node;

    @SuppressWarnings("NullAway.Init")
    private static String admin;

    @BeforeAll
    static void start() {
        node = WholeNode.start(List.of(TALLY), Map.of("ratelimit.enabled", "false"));
        node.database().execute(TallyFeature.TABLES);
        admin = node.signIn(WholeNode.ADMIN);
        assertThat(send("PUT", "/api/products/lamp", "{\"name\":\"a lamp\",\"priceCents\":500,\"stock\":100000}")
                        .statusCode())
                .isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static HttpResponse<String> send(String method, String path, String body) {
        return node.send(node.request(path)
                .header("Authorization", "Bearer " + admin)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static JsonNode read(String path) {
        return node.read(send("GET", path, "").body());
    }

    private static JsonNode order() {
        var placed = send(
                "POST",
                "/api/orders",
                "{\"items\":[{\"sku\":\"lamp\",\"quantity\":1}],\"payment\":{\"token\":\"ok\"}}");
        assertThat(placed.statusCode()).as(placed.body()).isEqualTo(201);
        return node.read(placed.body());
    }

    private static String text(String select) {
        return Waiting.on(node.database().pool().query(select).execute())
                .iterator()
                .next()
                .getValue(0)
                .toString();
    }

    private static JsonNode ended(String body) {
        var id = node.read(body).get("id").textValue();
        return await().until(
                        () -> read("/api/admin/replays/" + id),
                        found -> !List.of("checking", "running")
                                .contains(found.get("state").textValue()));
    }

    @Test
    void aReadWaitsForWhatItsCallerHasWritten() {
        // Given
        var before = read("/api/admin/sales").at("/items/0/placed").asInt();

        // When
        for (var i = 1; i <= 5; i++) {
            var position = order().get("position").textValue();
            // Then
            assertThat(read("/api/admin/sales?after=" + position)
                            .at("/items/0/placed")
                            .asInt())
                    .isEqualTo(before + i);
        }

        // When
        assertThat(send("POST", "/api/admin/projections/sales/pause", "").statusCode())
                .isEqualTo(204);
        var late =
                send("GET", "/api/admin/sales?after=" + order().get("position").textValue(), "");

        // Then
        assertThat(late.statusCode()).isEqualTo(503);
        assertThat(late.body()).contains("the projection sales is paused");
        assertThat(late.headers().firstValue("Retry-After")).isPresent();
        assertThat(send("POST", "/api/admin/projections/sales/resume", "").statusCode())
                .isEqualTo(204);
        assertThat(send("GET", "/api/admin/sales?after=forged", "").statusCode())
                .isEqualTo(422);
    }

    @Test
    void noReaderSeesAHalfBuiltProjectionWhileItIsRebuiltBesideWriters() {
        // Given
        for (var i = 0; i < 20; i++) {
            assertThat(order().has("id")).isTrue();
        }
        var going = new AtomicBoolean(true);
        var writer = CompletableFuture.runAsync(() -> {
            while (going.get()) {
                assertThat(order().has("id")).isTrue();
            }
        });
        var reader = CompletableFuture.runAsync(() -> {
            var most = 0;
            while (going.get()) {
                var rows = Integer.parseInt(text("select count(*) from order_summary"));
                assertThat(rows).isGreaterThanOrEqualTo(most);
                most = rows;
            }
        });

        // When
        for (var i = 0; i < 5; i++) {
            var rebuilt = ended(send("POST", "/api/admin/projections/order-summary/rebuild", "")
                    .body());
            assertThat(rebuilt.get("state").textValue()).as(rebuilt.toString()).isEqualTo("done");
        }
        going.set(false);

        // Then
        assertThat(writer).succeedsWithin(Waiting.LIMIT);
        assertThat(reader).succeedsWithin(Waiting.LIMIT);
        await().until(() -> text("select count(*) from order_summary where state <> 'confirmed'")
                .equals("0"));
        assertRebuiltEqualsLive();
    }

    private static void assertRebuiltEqualsLive() {
        var live = text(BYTES);
        assertThat(ended(send("POST", "/api/admin/projections/order-summary/rebuild", "")
                                .body())
                        .get("state")
                        .textValue())
                .isEqualTo("done");
        assertThat(text(BYTES)).isEqualTo(live);
        var checked = ended(send("POST", "/api/admin/replays", "{\"projection\":\"order-summary\"}")
                .body());
        assertThat(checked.at("/report/order_summary").toString())
                .isEqualTo("{\"rows\":[],\"added\":0,\"changed\":0,\"removed\":0}");
    }

    @Test
    void anOrderAndItsRowAreComparedAtTwoPoints() {
        // Given
        var id = order().get("id").textValue();
        await().until(() -> read("/api/orders/" + id).get("state").textValue().equals("confirmed"));
        var first = read("/api/orders/" + id + "/history").at("/items/0/cursor").textValue();

        // When
        var order = read("/api/orders/" + id + "/difference?from=" + first);
        var row = read("/api/admin/projections/order-summary/rows?subject=order:" + id + "&at=" + first + "&to="
                + Instant.now());

        // Then
        assertThat(order.at("/from/state").textValue()).isEqualTo("placed");
        assertThat(order.at("/to/state").textValue()).isEqualTo("confirmed");
        assertThat(order.get("changes").findValuesAsText("pointer")).contains("/state", "/version");
        assertThat(row.at("/at/order_summary/0/state").textValue()).isEqualTo("placed");
        assertThat(row.at("/to/order_summary/0/state").textValue()).isEqualTo("confirmed");
        assertThat(row.get("changes").findValuesAsText("pointer"))
                .containsExactly("/order_summary/0/state", "/order_summary/0/version");
        assertThat(send("GET", "/api/admin/projections/absent/rows?subject=order:" + id, "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(send("GET", "/api/admin/projections/order-summary/rows?at=then", "")
                        .body())
                .contains("must be an RFC 3339 time or a cursor of this log");
    }

    @Test
    void noMailIsSentInAReplay() {
        // Given
        assertThat(node.register("replayed@example.org")).isNotEmpty();
        await().until(() -> handled("welcome-mail", "type = 'user.registered'"));
        var sent = outbox();
        var mails = TALLY.mails.get();

        // When
        var refused = send("POST", "/api/admin/replays", "{\"worker\":\"welcome-mail\"}");
        var preferences = ended(send("POST", "/api/admin/replays", "{\"worker\":\"initialise-preferences\"}")
                .body());
        var ran =
                ended(send("POST", "/api/admin/replays/" + preferences.get("id").textValue() + "/run", "")
                        .body());
        var marked = ReplayMark.of(UUID.randomUUID());
        tally(marked, "marked");
        tally(UUID.randomUUID(), "unmarked");

        // Then
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("may not repeat its effects (expected: one of initialise-preferences");
        assertThat(ran.get("state").textValue()).isEqualTo("done");
        assertThat(ran.get("events").asInt()).isPositive();
        await().until(() -> handled("tally-mail", "subject in ('tally:marked', 'tally:unmarked')"));
        assertThat(TALLY.mails)
                .as("the worker is not called for what a replay causes")
                .hasValue(mails + 1);
        assertThat(outbox()).isEqualTo(sent).isPositive();
    }

    private static boolean handled(String worker, String events) {
        return text("select count(*) > 0 and bool_and(position is not null and (exists (select from work_done d join worker_number w "
                        + "on w.number = d.worker where w.worker = '" + worker
                        + "' and d.position = e.position) or exists (select from inbox i "
                        + "where i.worker = '" + worker
                        + "' and i.event = e.id and i.state = 'done'))) from event e where " + events)
                .equals("true");
    }

    private static long outbox() {
        try (var files = Files.walk(node.folder())) {
            return files.filter(file -> file.toString().endsWith(".eml")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void tally(UUID correlation, String counter) {
        Waiting.on(node.database().pool().preparedQuery("""
                        with head as (insert into subject_head (subject, version) values ('tally:' || $2, 1) returning subject)
                        insert into event (id, type, type_version, source, subject, subject_version, correlation, time, channels, data)
                        select gen_random_uuid(), 'tally.added', 1, '/skelly/tally', subject, 1, $1, now(), array['role:admin'],
                          jsonb_build_object('counter', 'echo', 'by', 1) from head
                        """).execute(Tuple.of(correlation, counter)));
    }

    private static CommandHere.Said command(String... words) {
        var at = node.database().address();
        var all = new ArrayList<>(List.of(words));
        all.add("--db.url=postgresql://127.0.0.1:" + at.port() + "/" + at.database());
        all.add("--db.user=" + at.user());
        all.add("--db.password=" + at.password());
        all.add("--data.dir=" + node.folder().resolve("data"));
        return CommandHere.run(all.toArray(String[]::new));
    }

    @Test
    void theCommandLineListsRebuildsAndReplays() {
        assertThat(order().has("id")).isTrue();
        var list = command("projection", "list");
        var rebuilt = command("projection", "rebuild", "sales");
        var dryRun = command("replay", "--projection=order-summary");
        var wrong = command("replay", "--worker=absent", "--from=0");
        var paused = command("projection", "pause", "order-summary");

        assertThat(list.words())
                .containsPattern("(?m)^order-summary +inline +running +\\d+ +0$")
                .contains("sales");
        assertThat(rebuilt.code()).as(rebuilt.words()).isZero();
        assertThat(rebuilt.words()).contains(" to projection sales: done, ");
        assertThat(dryRun.words()).contains("order_summary: rows added 0, removed 0, changed 0");
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.words())
                .contains("#/worker: absent (expected: one of ")
                .contains("#/from: 0 (expected: ");
        assertThat(paused.words()).contains("projection order-summary is inline");
        assertThat(command("replay", "list").words()).contains("checked  projection order-summary");
    }

    @Test
    void theMetricsTellHowFarAProjectionIsBehind() {
        await().untilAsserted(() -> assertThat(node.get("/metrics").body())
                .contains("skelly_projection_lag{projection=\"sales\"")
                .contains("skelly_projection_lag_seconds{projection=\"sales\"")
                .contains("skelly_projection_stopped{projection=\"sales\""));
    }
}
