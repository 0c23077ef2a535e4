package dev.skelly.features.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EmissionIT {

    @SuppressWarnings("NullAway.Init")
    private static EventsFixture shop;

    @BeforeAll
    static void open() {
        shop = new EventsFixture();
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void answersWithIdAndPositionAfterTheCommit() {
        var answer = shop.emit("{\"type\":\"cart.left\",\"data\":{\"cartId\":\"7\",\"total\":3}}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        var id = shop.body(answer).path("id").asText();
        assertThat(shop.body(answer).path("position").asText()).matches("[A-Za-z0-9_-]{22}");
        assertThat(shop.number("select count(*) from event where id = '" + id + "' and subject = 'cart:7' and actor = '"
                        + shop.account() + "' and channels = array['role:admin', 'user:" + shop.account() + "']"))
                .isEqualTo(1);
    }

    private static String proof(int lines) {
        return "{\"type\":\"proof.given\",\"data\":{\"lines\":["
                + String.join(",", Collections.nCopies(lines, "\"" + "a".repeat(1_000) + "\"")) + "]}}";
    }

    @Test
    void whatTakesLongToValidateIsValidatedElsewhere() {
        var alone = shop.emit(proof(20));
        var together = shop.emit(
                "{\"items\":[" + proof(1) + ",{\"type\":\"proof.given\",\"data\":{\"lines\":[7]}}," + proof(20) + "]}");

        assertThat(alone.statusCode()).as(alone.body()).isEqualTo(202);
        assertThat(shop.body(together).path("items").findValuesAsText("status")).containsExactly("202", "422", "202");
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .anyMatch(name -> name.startsWith("skelly-validation"));
    }

    @Test
    void whatTakesTooLongToValidateIsRefused() {
        var answer = shop.emit(proof(65));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(shop.body(answer).path("errors").get(0).path("pointer").asText())
                .isEqualTo("#/data");
        assertThat(shop.body(answer).path("errors").get(0).path("code").asText())
                .isEqualTo("too-complex");
    }

    @Test
    void takesAnIdOnce() {
        var id = UUID.randomUUID();
        var event = "{\"type\":\"cart.left\",\"id\":\"" + id + "\",\"data\":{\"cartId\":\"8\",\"total\":1}}";
        var reordered = "{\"id\":\"" + id + "\",\"data\":{\"total\":10.0e-1,\"cartId\":\"8\"},\"type\":\"cart.left\"}";

        var first = shop.emit(event);
        var again = shop.emit(reordered);
        var other = shop.emit(event.replace("\"total\":1", "\"total\":1.0000000000000001"));

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(shop.body(other).path("code").asText()).isEqualTo("id-taken");
        assertThat(shop.number("select count(*) from event where id = '" + id + "'"))
                .isEqualTo(1);
    }

    @Test
    void refusesAnIdThatWasGivenHere() {
        var given = shop.body(shop.emit("{\"type\":\"bell.rung\",\"data\":{\"times\":1}}"))
                .path("id")
                .asText();
        var registered = shop.text("select id from event where type = 'user.registered' limit 1");
        var before = shop.rows();

        for (var taken : List.of(given, registered)) {
            var again = shop.emit("{\"type\":\"bell.rung\",\"id\":\"" + taken + "\",\"data\":{\"times\":1}}");
            assertThat(again.statusCode()).as(again.body()).isEqualTo(409);
            assertThat(shop.body(again).path("code").asText()).isEqualTo("id-taken");
        }
        var batch = shop.emit(
                "{\"items\":[{\"type\":\"bell.rung\",\"id\":\"" + registered + "\"},{\"type\":\"bell.rung\"}]}");
        assertThat(shop.body(batch).path("items").findValuesAsText("status")).containsExactly("409", "202");
        assertThat(shop.rows()).isEqualTo(before + 1);
    }

    @Test
    void takesAnIdOnceHoweverManySendItAtOnce() {
        var id = UUID.randomUUID();
        var event = "{\"type\":\"cart.left\",\"id\":\"" + id + "\",\"data\":{\"cartId\":\"9\"}}";

        var answers = IntStream.range(0, 50)
                .mapToObj(caller -> CompletableFuture.supplyAsync(() -> shop.emit(event)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(answers).allMatch(answer -> answer.statusCode() == 202);
        assertThat(answers)
                .extracting(HttpResponse::body)
                .containsOnly(answers.get(0).body());
        assertThat(shop.number("select count(*) from event where id = '" + id + "'"))
                .isEqualTo(1);
    }

    @Test
    void answersEachOfABatchOnItsOwnAndKeepsTheirOrder() {
        var answer = shop.emit("""
                {"items":[
                  {"type":"cart.left","data":{"cartId":"order"}},
                  {"type":"cart.left","data":{"cartId":7}},
                  {"type":"cart.gone","data":{}},
                  {"type":"staff.called"},
                  {"type":"cart.left","data":{"cartId":"order","total":2}}
                ]}
                """);

        assertThat(answer.statusCode()).isEqualTo(202);
        var items = shop.body(answer).path("items");
        assertThat(items.findValuesAsText("status")).containsExactly("202", "422", "422", "403", "202");
        assertThat(items.get(1).path("errors").get(0).path("pointer").asText()).isEqualTo("#/data/cartId");
        assertThat(shop.number("select count(*) from event where subject = 'cart:order'"))
                .isEqualTo(2);
        assertThat(shop.number("select subject_version from event where subject = 'cart:order' and data ? 'total'"))
                .isEqualTo(2);
    }

    @Test
    void takesCloudEventsInEveryMode() {
        var id = UUID.randomUUID();
        var cloud = """
                {"specversion":"1.0","id":"%s","source":"https://shop.example","type":"cart.left","time":"2026-11-23T10:00:00Z",
                 "datacontenttype":"application/json","data":{"cartId":"cloud"}}""";

        var structured = shop.emit("application/cloudevents+json", cloud.formatted(id));
        var batch = shop.emit(
                "application/cloudevents-batch+json",
                "[" + cloud.formatted(UUID.randomUUID()) + "," + cloud.formatted(id) + "]");
        var binary = shop.emit(
                "application/json",
                "{\"cartId\":\"cloud\"}",
                "ce-specversion",
                "1.0",
                "ce-id",
                id.toString(),
                "ce-type",
                "cart.left",
                "ce-source",
                "/x",
                "ce-subject",
                "cart%3Acloud");

        assertThat(structured.statusCode()).as(structured.body()).isEqualTo(202);
        assertThat(shop.body(batch).path("items").findValuesAsText("status")).containsExactly("202", "202");
        assertThat(shop.body(binary).path("id").asText()).isEqualTo(id.toString());
        assertThat(binary.body()).isEqualTo(structured.body());
        assertThat(shop.number("select count(*) from event where subject = 'cart:cloud'"))
                .isEqualTo(2);
    }

    @Test
    void letsABeaconOfAnOwnPageInByItsCookie() {
        var body = "{\"type\":\"ui.clicked\",\"data\":{\"element\":\"buy\"}}";
        var request = shop.node()
                .request("/api/events")
                .header("Cookie", "session=" + shop.token())
                .header("Content-Type", "text/plain;charset=UTF-8")
                .POST(BodyPublishers.ofString(body));

        var own = shop.node()
                .send(request.copy().header("Origin", shop.node().url()).build());
        var foreign = shop.node()
                .send(request.copy().header("Origin", "https://evil.example").build());

        assertThat(own.statusCode()).as(own.body()).isEqualTo(202);
        assertThat(foreign.statusCode()).isIn(401, 403);
    }

    @Test
    void takesFromAnyoneWhatIsForAnyone() {
        var answer = shop.node().post("/api/events", Map.of("type", "door.rung", "data", Map.of("door", "front")));
        var refused = shop.node().post("/api/events", Map.of("type", "cart.left", "data", Map.of("cartId", "1")));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(refused.statusCode()).isEqualTo(401);
    }

    @Test
    void whatAPersonDidToAThingIsInThePersonsExport() {
        var id = shop.body(shop.emit("{\"type\":\"door.rung\",\"data\":{\"door\":\"export\"}}"))
                .path("id")
                .asText();

        await().until(() -> shop.get("/api/events/" + id).statusCode() == 200);

        assertThat(shop.get("/api/me/export").body()).contains(id, "door:export");
    }

    @Test
    void tellsTheEmitterOfTheOutcome() {
        var id = shop.body(shop.emit("{\"type\":\"cart.left\",\"data\":{\"cartId\":\"outcome\"}}"))
                .path("id")
                .asText();

        await().until(() ->
                shop.number("select count(*) from event where type = 'event.processed' and subject = 'event:" + id
                                + "' and channels = array['user:" + shop.account() + "']")
                        == 1);
        assertThat(shop.number("select count(*) from outcome where event = '" + id + "'"))
                .isZero();
    }
}
