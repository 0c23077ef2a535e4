package dev.skelly.features.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedEventIT {

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

    static Stream<List<String>> wrong() {
        return Stream.of(
                List.of("422", "#/type", "{\"type\":\"cart.gone\",\"data\":{}}"),
                List.of("422", "#/type", "{\"data\":{}}"),
                List.of("403", "", "{\"type\":\"user.registered\",\"data\":{}}"),
                List.of("403", "", "{\"type\":\"staff.called\"}"),
                List.of("422", "#/data/cartId", "{\"type\":\"cart.left\"}"),
                List.of("422", "#/data/colour", "{\"type\":\"cart.left\",\"data\":{\"cartId\":\"1\",\"colour\":1}}"),
                List.of(
                        "422",
                        "#/data/__proto__",
                        "{\"type\":\"cart.left\",\"data\":{\"cartId\":\"1\",\"__proto__\":{}}}"),
                List.of("422", "#/actor", "{\"type\":\"cart.left\",\"data\":{\"cartId\":\"1\"},\"actor\":\"x\"}"),
                List.of("422", "#/id", "{\"type\":\"cart.left\",\"data\":{\"cartId\":\"1\"},\"id\":\"7\"}"),
                List.of("422", "#/data", "{\"type\":\"cart.left\",\"data\":{\"cartId\":\"a b\"}}"),
                List.of(
                        "422",
                        "#/subject",
                        "{\"type\":\"cart.left\",\"data\":{\"cartId\":\"1\"},\"subject\":\"cart:2\"}"),
                List.of(
                        "422",
                        "#/channel",
                        "{\"type\":\"cart.left\",\"data\":{\"cartId\":\"1\"},\"channel\":\"public\"}"),
                List.of(
                        "422",
                        "#/subject",
                        "{\"type\":\"ui.clicked\",\"data\":{\"element\":\"1\"},\"subject\":\"door:1\"}"),
                List.of(
                        "403",
                        "",
                        "{\"type\":\"ui.clicked\",\"data\":{\"element\":\"1\"},\"subject\":\"user:" + new UUID(1, 2)
                                + "\"}"),
                List.of("400", "", "{\"type\":\"cart.left\",\"type\":\"cart.left\",\"data\":{\"cartId\":\"1\"}}"),
                List.of("422", "#/data/cartId", "{\"type\":\"cart.left\",\"data\":{\"cartId\":\"\\u0000\"}}"),
                List.of("422", "#/data/cartId", "{\"type\":\"cart.left\",\"data\":{\"cartId\":\"\\ud800\"}}"),
                List.of("422", "#/items", "{\"items\":[]}"),
                List.of("422", "#", "[]"),
                List.of("400", "", "[".repeat(100_000)));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void refusesWhatIsWrongAndWritesNothing(List<String> sent) {
        var before = shop.rows();

        var answer = shop.emit(sent.get(2));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(Integer.parseInt(sent.get(0)));
        if (!sent.get(1).isEmpty()) {
            assertThat(shop.body(answer).path("errors").findValuesAsText("pointer"))
                    .contains(sent.get(1));
        }
        assertThat(shop.rows()).isEqualTo(before);
    }

    @Test
    void refusesToSealUnderNobodysKey() {
        refusesWhatIsWrongAndWritesNothing(
                List.of(
                        "422",
                        "#/channel",
                        "{\"type\":\"parcel.sent\",\"data\":{\"parcel\":\"1\",\"street\":\"Elm\"},\"channel\":\"role:admin\"}"));
        refusesWhatIsWrongAndWritesNothing(List.of(
                "422", "#/data", "{\"type\":\"parcel.lost\",\"data\":{\"owner\":\"somebody\",\"street\":\"Elm\"}}"));
    }

    /* What is stored is written out: nobody must be told of an event that cannot be read again. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e-300",
                "0.1e-299",
                "1e-150",
                "-9.5e299",
                "12345678901234567890.123e-250",
                "0e-999999",
                "0e300",
                "1e299"
            })
    void whatIsTakenCanBeRead(String number) {
        var answer = shop.emit("{\"type\":\"note.left\",\"data\":{\"numbers\":[" + number + "]}}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        var read = shop.read(shop.body(answer).path("id").asText());
        assertThat(read.statusCode()).as(read.body()).isEqualTo(200);
        assertThat(shop.body(read).path("data").path("numbers").get(0).decimalValue())
                .isEqualByComparingTo(new BigDecimal(number));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e300", "9.9e-301", "-1e999", "1.5e-400"})
    void refusesNumbersThatAreTooLongWrittenOut(String number) {
        refusesWhatIsWrongAndWritesNothing(
                List.of("422", "#/data/numbers/0", "{\"type\":\"note.left\",\"data\":{\"numbers\":[" + number + "]}}"));
    }

    @Test
    void refusesNumbersThatNobodyCanStore() {
        var answer = shop.emit("{\"type\":\"cart.left\",\"data\":{\"cartId\":\"1\",\"total\":1e999999}}");

        assertThat(answer.statusCode()).as(answer.body()).isIn(400, 422);
    }

    @Test
    void refusesForgedAttributesAndBadEncodings() {
        var forged = shop.emit("application/cloudevents+json", """
                {"specversion":"1.0","id":"%s","source":"/x","type":"cart.left","actor":"%s","data":{"cartId":"1"}}""".formatted(UUID.randomUUID(), UUID.randomUUID()));
        var encoded = shop.emit(
                "application/json",
                "{\"cartId\":\"1\"}",
                "ce-specversion",
                "1.0",
                "ce-id",
                UUID.randomUUID().toString(),
                "ce-type",
                "cart.left",
                "ce-source",
                "/x",
                "ce-subject",
                "cart%3");

        assertThat(forged.statusCode()).isEqualTo(422);
        assertThat(shop.body(forged).path("errors").get(0).path("pointer").asText())
                .isEqualTo("#/actor");
        assertThat(encoded.statusCode()).isEqualTo(422);
        assertThat(shop.body(encoded).path("errors").get(0).path("pointer").asText())
                .isEqualTo("ce-subject");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "subject|cart%3|ce-subject|format",
                "subject|cart%C3%28|ce-subject|format",
                "subject|\"cart|ce-subject|format",
                "type|%00|ce-type|format",
                "time|yesterday|ce-time|format",
                "id|7|ce-id|format",
                "source|%zz|ce-source|format",
                "partitionkey|%zz|ce-partitionkey|format",
                "tracestate|%C3|ce-tracestate|format",
                "specversion|0.3|ce-specversion|const",
                "specversion|%31|ce-specversion|const",
                "actor|me|ce-actor|stamped",
                "id||ce-id|required",
                "source||ce-source|required"
            })
    void refusesBinaryAttributesThatAreNotSound(String name, String value, String pointer, String code) {
        var before = shop.rows();
        var headers = new ArrayList<>(
                List.of("ce-specversion", "1.0", "ce-id", UUID.randomUUID().toString()));
        headers.addAll(List.of("ce-type", "cart.left", "ce-source", "/x"));
        var place = headers.indexOf("ce-" + name);
        if (place >= 0) {
            headers.subList(place, place + 2).clear();
        }
        if (value != null) {
            headers.addAll(List.of("ce-" + name, value));
        }

        var answer = shop.emit("application/json", "{\"cartId\":\"1\"}", headers.toArray(String[]::new));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        var errors = shop.body(answer).path("errors");
        assertThat(errors.findValuesAsText("pointer")).containsExactly(pointer);
        assertThat(errors.findValuesAsText("code")).containsExactly(code);
        assertThat(shop.rows()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "time|2026-11-23T24:00:00Z",
                "time|9999-12-31T23:59:60Z",
                "source|/a b",
                "source|1:2",
                "source|https://shop.example:port/",
                "source|%20",
                "dataschema|/cart.json"
            })
    void refusesBinaryTimesAndUrisThatAreNone(String name, String value) {
        refusesBinaryAttributesThatAreNotSound(name, value, "ce-" + name, "format");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/xml", "application/+json", "json", "application/cloudevents+avro", "application/jsonx"})
    void noOtherMediaTypeIsTakenInAnyMode(String type) {
        var structured = shop.emit(
                "application/cloudevents+json",
                EventsFixture.structured(
                        "\"source\":\"/x\",\"datacontenttype\":\"" + type + "\",\"data\":{\"cartId\":\"1\"}"));
        var binary = shop.emit(type, "{\"cartId\":\"1\"}", EventsFixture.attributes());

        assertThat(structured.statusCode()).as(structured.body()).isEqualTo(422);
        assertThat(binary.statusCode()).as(binary.body()).isEqualTo(415);
    }

    @Test
    void anEmptySchemaIsRefusedInAHeader() {
        var headers = new ArrayList<>(List.of(EventsFixture.attributes()));
        headers.addAll(List.of("ce-dataschema", ""));

        var answer = shop.emit("application/json", "{\"cartId\":\"1\"}", headers.toArray(String[]::new));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(shop.body(answer).path("errors").findValuesAsText("pointer")).containsExactly("ce-dataschema");
    }

    @Test
    void refusesDataThatIsTooLong() {
        var answer = shop.emit("{\"type\":\"ui.failed\",\"data\":{\"message\":\"" + "x".repeat(70_000) + "\"}}");

        assertThat(answer.statusCode()).isEqualTo(413);
    }
}
