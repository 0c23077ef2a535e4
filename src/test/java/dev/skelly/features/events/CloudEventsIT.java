package dev.skelly.features.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.BinaryCloudEvent;
import dev.skelly.testing.JavaScript;
import dev.skelly.testing.OpenStream;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The CloudEvents SDKs for JavaScript and Java write what we read and read what we write, in every mode. */
class CloudEventsIT {

    private static final String STRUCTURED = "application/cloudevents+json; charset=UTF-8";
    private static final JsonFormat FORMAT = new JsonFormat();

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
    void theSdkForJavaScriptWritesAndReadsEveryMode() {
        var ended = JavaScript.run("cloudevents.mjs", shop.node().url(), shop.token());

        assertThat(ended.code()).as(ended.output()).isZero();
        assertThat(ended.output().strip()).isEqualTo("{\"sent\":21,\"streamed\":21,\"history\":21}");
    }

    @Test
    void theSdkForJavaWritesAndReadsEveryMode() {
        try (var stream = reading()) {
            var structured = event().build();
            var binary = event().withData(structured.getData()).build();
            var batch = List.of(event().build(), event().build());

            var answers = List.of(
                    shop.emit(STRUCTURED, json(structured)),
                    binary(binary),
                    shop.emit(
                            "application/cloudevents-batch+json",
                            batch.stream().map(CloudEventsIT::json).collect(Collectors.joining(",", "[", "]"))));

            assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(202);
            assertThat(shop.body(answers.get(2)).path("items").findValuesAsText("status"))
                    .containsExactly("202", "202");
            for (var sent : List.of(structured, binary, batch.get(0), batch.get(1))) {
                await().until(() -> stream.heard(sent.getId()));
                same(sent, FORMAT.deserialize(data(stream, sent.getId()).getBytes(UTF_8)));
                var one = shop.get("/api/events/" + sent.getId());
                same(sent, FORMAT.deserialize(one.body().getBytes(UTF_8)));
            }
        }
    }

    private static void same(CloudEvent sent, CloudEvent read) {
        assertThat(read.getType()).isEqualTo(sent.getType());
        assertThat(read.getSubject()).isEqualTo(sent.getSubject());
        assertThat(read.getSource()).isEqualTo(URI.create("/skelly/application"));
        assertThat(Objects.requireNonNull(read.getTime()).toInstant()).isAfter(Instant.EPOCH.plusSeconds(1));
        assertThat(shop.json(data(read))).isEqualTo(shop.json(data(sent)));
        assertThat(read.getExtension("correlationid")).isInstanceOf(String.class);
        assertThat(read.getExtension("subjectversion")).isInstanceOf(Integer.class);
    }

    private static String data(CloudEvent event) {
        return new String(Objects.requireNonNull(event.getData()).toBytes(), UTF_8);
    }

    private static String data(OpenStream stream, String id) {
        return stream.lines().stream()
                .filter(line -> line.startsWith("data: ") && line.contains(id))
                .findFirst()
                .orElseThrow()
                .substring("data: ".length());
    }

    private static OpenStream reading() {
        return new OpenStream(shop.node(), "", "Authorization", "Bearer " + shop.token()).ready();
    }

    private static CloudEventBuilder event() {
        return CloudEventBuilder.v1()
                .withId(UUID.randomUUID().toString())
                .withType("cart.left")
                .withSource(URI.create("https://shop.example/till"))
                .withSubject("cart:java")
                .withTime(Instant.EPOCH.atOffset(ZoneOffset.ofHours(-3)))
                .withExtension("partitionkey", "naïve % key")
                .withExtension("sequence", -12)
                .withExtension("sampled", true)
                .withData("application/json", "{\"cartId\":\"java\",\"total\":1.5}".getBytes(UTF_8));
    }

    private static String json(CloudEvent event) {
        return new String(FORMAT.serialize(event), UTF_8);
    }

    private static HttpResponse<String> binary(CloudEvent event) {
        var apart = BinaryCloudEvent.of(event);
        var headers = new ArrayList<String>();
        apart.attributes().forEach((name, value) -> {
            if (!name.equals("datacontenttype")) {
                headers.add("ce-" + name);
                headers.add(encoded(value));
            }
        });
        return shop.emit("application/json", new String(apart.data(), UTF_8), headers.toArray(String[]::new));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, UTF_8).replace("+", "%20");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"Upper\":\"x\"|#/Upper|unknown",
                "\"with-hyphen\":\"x\"|#/with-hyphen|unknown",
                "\"list\":[1]|#/list|type",
                "\"half\":0.5|#/half|type",
                "\"much\":2147483648|#/much|type",
                "\"data_base64\":\"e30=\"|#/data_base64|unsupported",
                "\"position\":\"1\"|#/position|stamped",
                "\"datacontenttype\":\"text/xml\"|#/datacontenttype|unsupported",
                "\"subject\":7|#/subject|type",
                "\"time\":\"12:00\"|#/time|format",
                "\"time\":\"2026-11-23T12:00:00+0100\"|#/time|format",
                "\"source\":\"\"|#/source|format",
                "\"source\":\"//[x]/\"|#/source|format",
                "\"dataschema\":\"\"|#/dataschema|format",
                "\"dataschema\":\"cart.json\"|#/dataschema|format",
                "\"datacontenttype\":\"+json\"|#/datacontenttype|unsupported",
                "\"data\":null|#/data|type"
            })
    void refusesStructuredAttributesThatAreNotSound(String attribute, String pointer, String code) {
        var before = shop.rows();
        var data = attribute.startsWith("\"data\"") ? "" : ",\"data\":{\"cartId\":\"1\"}";

        var source = attribute.startsWith("\"source\"") ? "" : "\"source\":\"/x\",";
        var event = EventsFixture.structured(source + attribute + data);

        var answer = shop.emit(STRUCTURED, event);
        var batch = shop.emit("application/cloudevents-batch+json", "[" + event + "]");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        var errors = shop.body(answer).path("errors");
        assertThat(errors.findValuesAsText("pointer")).containsExactly(pointer);
        assertThat(errors.findValuesAsText("code")).containsExactly(code);
        assertThat(shop.body(batch).path("items").get(0).path("errors")).isEqualTo(errors);
        assertThat(shop.rows()).isEqualTo(before);
    }

    @Test
    void anEmptyBatchHasNoItems() {
        var before = shop.rows();

        var cloud = shop.emit("application/cloudevents-batch+json", "[]");

        assertThat(cloud.statusCode()).as(cloud.body()).isEqualTo(202);
        assertThat(cloud.body()).isEqualTo("{\"items\":[]}");
        assertThat(shop.emit("application/cloudevents-batch+json", "{}").statusCode())
                .isEqualTo(422);
        assertThat(shop.rows()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/vnd.shop.cart+json",
                "Application/LD+JSON; charset=utf-8; profile=x",
                "text/json"
            })
    void anyMediaTypeOfJsonIsTakenInEveryMode(String type) {
        var event = EventsFixture.structured("\"source\":\"/x\",\"dataschema\":\"urn:x:cart\",\"datacontenttype\":\""
                + type + "\",\"data\":{\"cartId\":\"1\"}");

        var answers = List.of(
                shop.emit(STRUCTURED, event),
                shop.emit("application/cloudevents-batch+json", "[" + event + "]"),
                shop.emit(type, "{\"cartId\":\"1\"}", EventsFixture.attributes()));

        assertThat(answers)
                .allSatisfy(answer ->
                        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202));
        assertThat(shop.body(answers.get(1)).path("items").findValuesAsText("status"))
                .containsExactly("202");
    }

    @Test
    void takesAnAttributeThatIsNullForNone() {
        var answer = shop.emit(
                STRUCTURED,
                EventsFixture.structured(
                        "\"source\":\"/x\",\"subject\":null,\"time\":null,\"comexample\":null,\"data\":{\"cartId\":\"1\"}"));
        var required = shop.emit(STRUCTURED, EventsFixture.structured("\"source\":null,\"data\":{\"cartId\":\"1\"}"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(required.statusCode()).isEqualTo(422);
    }

    @Test
    void aKeyStandsForAttributesAndBodyTogether() {
        var answers = IntStream.range(0, 2)
                .mapToObj(n -> shop.emit(
                        "application/json",
                        "{}",
                        "Idempotency-Key",
                        "one-key",
                        "ce-specversion",
                        "1.0",
                        "ce-id",
                        UUID.randomUUID().toString(),
                        "ce-type",
                        "bell.rung",
                        "ce-source",
                        "/x"))
                .toList();

        assertThat(answers).extracting(HttpResponse::statusCode).containsExactly(202, 422);
        assertThat(shop.body(answers.get(1)).path("code").asText()).isEqualTo("idempotency-key-reused");
    }

    @Test
    void anEmptyBodyIsNoDataOfABinaryEventAndNothingElse() {
        var id = UUID.randomUUID().toString();
        var attributes = new String[] {"ce-specversion", "1.0", "ce-id", id, "ce-type", "bell.rung", "ce-source", "/x"};

        var binary = shop.emit("application/json", "", attributes);
        var lacking = shop.emit(
                "application/json",
                "",
                "ce-specversion",
                "1.0",
                "ce-id",
                id,
                "ce-type",
                "cart.left",
                "ce-source",
                "/x");
        var own = shop.emit("application/json", "");

        assertThat(binary.statusCode()).as(binary.body()).isEqualTo(202);
        assertThat(List.of(lacking, own)).extracting(HttpResponse::statusCode).containsOnly(422);
    }
}
