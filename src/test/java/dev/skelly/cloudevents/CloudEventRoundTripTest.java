package dev.skelly.cloudevents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.event.Json;
import dev.skelly.event.StoredEvent;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Problem;
import io.cloudevents.jackson.JsonFormat;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each writer writes is read back equal, by our reader and by the CloudEvents SDK for Java. */
class CloudEventRoundTripTest {

    private static final JsonMapper MAPPER = Json.mapper();
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final StoredEvent WHOLE = new StoredEvent(
            5_000_000_000L,
            UUID.fromString("0192f000-0000-7000-8000-000000000001"),
            "note.left",
            3,
            "/skelly/notes",
            "note:\"a\\b\"\u2028\t\ud83d\udca1",
            7,
            UUID.fromString("0192f000-0000-7000-8000-000000000002"),
            UUID.fromString("0192f000-0000-7000-8000-000000000003"),
            UUID.fromString("0192f000-0000-7000-8000-000000000004"),
            Instant.parse("2026-11-01T10:00:00.123456Z"),
            List.of(),
            "{\"text\":\"ünï \\n\",\"sum\":1.5}",
            TRACE);
    private static final StoredEvent LEAST = new StoredEvent(
            1,
            new UUID(1, 2),
            "lamp.lit",
            1,
            "/skelly/lamps",
            "lamp:1",
            1,
            null,
            new UUID(3, 4),
            null,
            Instant.EPOCH,
            List.of(),
            "{}",
            null);

    static Stream<StoredEvent> events() {
        return Stream.of(WHOLE, LEAST);
    }

    private static String streamed(StoredEvent event) {
        var text = new StringBuilder("data: ");
        new CloudEventJson(event, CloudEventForm.READER, text).data(event.data());
        return text.substring("data: ".length());
    }

    private static String exported(StoredEvent event) {
        var text = new StringBuilder();
        var form = new CloudEventJson(event, CloudEventForm.EXPORT, text);
        form.text(CloudEventAttributes.CURSOR, "abc");
        form.data(event.data());
        return text.toString();
    }

    private static String shown(StoredEvent event) throws JsonProcessingException {
        return MAPPER.writeValueAsString(CloudEvent.of(event, "abc", MAPPER.readTree(event.data())));
    }

    @Test
    void writesTheAttributesInOneOrder() throws JsonProcessingException {
        assertThat(streamed(LEAST))
                .isEqualTo(
                        "{\"specversion\":\"1.0\",\"id\":\"00000000-0000-0001-0000-000000000002\","
                                + "\"source\":\"/skelly/lamps\",\"type\":\"lamp.lit\",\"subject\":\"lamp:1\","
                                + "\"time\":\"1970-01-01T00:00:00Z\",\"datacontenttype\":\"application/json\","
                                + "\"correlationid\":\"00000000-0000-0003-0000-000000000004\",\"subjectversion\":1,\"data\":{}}");
        assertThat(MAPPER.readTree(exported(WHOLE)).fieldNames())
                .toIterable()
                .containsExactly(
                        "specversion",
                        "id",
                        "source",
                        "type",
                        "subject",
                        "time",
                        "datacontenttype",
                        "correlationid",
                        "causationid",
                        "actor",
                        "traceparent",
                        "subjectversion",
                        "dataversion",
                        "channels",
                        "cursor",
                        "data");
    }

    @ParameterizedTest
    @MethodSource("events")
    void aResponseIsAFrameWithACursor(StoredEvent event) throws JsonProcessingException {
        var framed = new StringBuilder();
        var form = new CloudEventJson(event, CloudEventForm.READER, framed);
        form.text(CloudEventAttributes.CURSOR, "abc");
        form.data(event.data());

        assertThat(shown(event)).isEqualTo(framed.toString());
        assertThat(shown(event)).doesNotContain("actor");
    }

    @ParameterizedTest
    @MethodSource("events")
    void theSdkReadsEveryForm(StoredEvent event) throws JsonProcessingException {
        for (var text : List.of(streamed(event), shown(event), exported(event))) {
            var read = new JsonFormat().deserialize(text.getBytes(UTF_8));

            assertThat(read.getId()).isEqualTo(event.id().toString());
            assertThat(read.getSource()).isEqualTo(URI.create(event.source()));
            assertThat(read.getType()).isEqualTo(event.type());
            assertThat(read.getSubject()).isEqualTo(event.subject());
            assertThat(Objects.requireNonNull(read.getTime()).toInstant()).isEqualTo(event.time());
            assertThat(read.getDataContentType()).isEqualTo("application/json");
            assertThat(read.getExtension("correlationid"))
                    .isEqualTo(event.correlation().toString());
            assertThat(read.getExtension("causationid")).isEqualTo(text(event.causation()));
            assertThat(read.getExtension("traceparent")).isEqualTo(event.traceparent());
            assertThat(read.getExtension("subjectversion")).isEqualTo((int) event.subjectVersion());
            assertThat(read.getExtension("actor")).isEqualTo(text.equals(exported(event)) ? text(event.actor()) : null);
            assertThat(new String(Objects.requireNonNull(read.getData()).toBytes(), UTF_8))
                    .isEqualTo(event.data());
        }
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }

    @ParameterizedTest
    @MethodSource("events")
    void ourReaderReadsTheProperties(StoredEvent event) {
        assertThat(CloudEventProperties.read(CloudEventProperties.write(event), event.data()))
                .isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource("events")
    void ourReaderReadsEveryJsonForm(StoredEvent event) throws JsonProcessingException {
        for (var text : List.of(streamed(event), shown(event), exported(event))) {
            var read = CloudEventReader.exported(MAPPER.readTree(text));
            read.requireVersion();

            assertThat(read.requiredId("id")).isEqualTo(event.id());
            assertThat(read.required("source")).isEqualTo(event.source());
            assertThat(read.required("type")).isEqualTo(event.type());
            assertThat(read.required("subject")).isEqualTo(event.subject());
            assertThat(read.time("a time", any -> true)).isEqualTo(event.time());
            assertThat(read.requiredId("correlationid")).isEqualTo(event.correlation());
            assertThat(read.id("causationid")).isEqualTo(event.causation());
            assertThat(read.trace()).isEqualTo(event.traceparent());
            assertThat(read.id("actor")).isEqualTo(text.equals(exported(event)) ? event.actor() : null);
            assertThat(read.faults()).isEmpty();
        }
    }

    @Test
    void reportsAllErrorsOfAMessageTogether() {
        var properties = new HashMap<>(CloudEventProperties.write(WHOLE));
        properties.putAll(Map.of(
                "cloudEvents_specversion", "0.3",
                "cloudEvents_id", "1-2-3-4-5",
                "cloudEvents_time", "yesterday",
                "cloudEvents_dataversion", "2147483648",
                "cloudEvents_position", "-1",
                "cloudEvents_subject", "a\0b"));
        properties.remove("cloudEvents_type");

        var problem = catchThrowableOfType(Problem.class, () -> CloudEventProperties.read(properties, "{}"));

        assertThat(problem.faults())
                .extracting(FieldError::pointer)
                .containsExactlyInAnyOrder("specversion", "id", "time", "dataversion", "position", "subject", "type");
    }

    @Test
    void reportsAllErrorsOfAStructuredEventTogether() throws JsonProcessingException {
        JsonNode sent = MAPPER.readTree("""
                {"specversion":"0.3","id":7,"type":"","time":"12:00","actor":"me","data_base64":"e30=","Upper":null,
                "a/b":1,"half":0.5,"subject":null,"datacontenttype":"text/xml"}""");

        var read = CloudEventReader.structured(sent);
        read.requireVersion();
        read.checkUris();

        assertThat(read.requiredId("id")).isEqualTo(new UUID(0, 0));
        assertThat(read.required("type")).isEmpty();
        assertThat(read.time("a time", any -> true)).isEqualTo(Instant.EPOCH);
        assertThat(read.optional("subject")).isNull();
        assertThat(read.faults())
                .extracting(FieldError::pointer, FieldError::code)
                .containsExactlyInAnyOrder(
                        tuple("#/actor", "stamped"),
                        tuple("#/data_base64", "unsupported"),
                        tuple("#/a~1b", "unknown"),
                        tuple("#/half", "type"),
                        tuple("#/datacontenttype", "unsupported"),
                        tuple("#/specversion", "const"),
                        tuple("#/source", "required"),
                        tuple("#/id", "type"),
                        tuple("#/type", "length"),
                        tuple("#/time", "format"));
    }
}
