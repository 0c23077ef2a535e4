package dev.skelly.features.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.declaration.EventTypeFiles;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.Json;
import dev.skelly.eventlog.CursorCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A line is held against its type as an emission is, and nothing passes that could not be stored or read back. */
class EventLineTest {

    private static final String TYPES = """
            types:
              - name: feedback.given
                meaning: Somebody said something about a thing.
                data:
                  type: object
                  properties:
                    about: {type: string, minLength: 1, maxLength: 40}
                    stars: {type: number}
                    email: {type: string, maxLength: 100}
                  required: [about, email]
                  additionalProperties: false
                audience: [self, "topic:feedback/{about}"]
                sensitive: [email]
                emit: [user]
                subject: self
                retention: 30d
            """;
    private static final String ADA = "user:0192f000-0000-7000-8000-000000000007";
    private static final String LINE = """
            {"specversion":"1.0","id":"0192f000-0000-7000-8000-000000000001","source":"/skelly/application","type":"feedback.given",\
            "subject":"%1$s","time":"2026-11-23T12:00:00Z","correlationid":"0192f000-0000-7000-8000-000000000002",\
            "traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",\
            "channels":"topic:feedback/imp %1$s","data":{"about":"imp","stars":3,"email":"a@b"}}""".formatted(ADA);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private EventLine form;

    private final List<String> faults = new ArrayList<>();

    @BeforeEach
    void declare() throws IOException {
        Files.writeString(folder.resolve("feedback.yaml"), TYPES);
        var declared = new EventTypeFiles().folder(folder).declared();
        var proof = LineProof.of(Optional.empty(), new CursorCodec(1, new byte[16]));
        form = new EventLine(EventTypeRegistry.of(Map.of(), declared), Json.mapper(), proof, Map.of());
    }

    private Optional<ImportedEvent> read(String line) {
        return form.read(line.getBytes(StandardCharsets.UTF_8), faults);
    }

    private static String with(String part, String other) {
        assertThat(LINE).contains(part);
        return LINE.replace(part, other);
    }

    @Test
    void readsAnEventOnceForEachChannel() {
        var event = read(with("\"channels\":\"", "\"channels\":\"" + ADA + " ")).orElseThrow();

        assertThat(faults).isEmpty();
        assertThat(event.channels()).containsExactly("topic:feedback/imp", ADA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"about\":\"imp\"}", // It stayed sealed, or its person was erased.
                "{}" // Its retention was over.
            })
    void missesNothingThatTheLogNoLongerShows(String data) {
        assertThat(read(with("{\"about\":\"imp\",\"stars\":3,\"email\":\"a@b\"}", data)))
                .isPresent();
        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999Z",
                "2026-01-01T00:00:00+23:59",
                "2016-12-31t23:59:60z"
            })
    void takesTimesThatCanBeReadBack(String time) {
        assertThat(read(with("2026-11-23T12:00:00Z", time))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+999999999-01-01T00:00:00Z",
                "+10000-01-01T00:00:00Z",
                "-4800-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999Z",
                "9999-12-31T23:59:59-01:00",
                "2026-11-23T24:00:00Z",
                "2026-11-23T12:00Z",
                "yesterday"
            })
    void refusesTimesThatCannot(String time) {
        assertThat(read(with("2026-11-23T12:00:00Z", time))).isEmpty();
        assertThat(faults).containsExactly("time must be an RFC 3339 time of the years 1970 to 9999");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"about\":\"imp\"    | \"about\":\"i\\u0000mp\"  | data/about must be text without",
                "\"a@b\"              | \"\\ud800\"               | data/email must be text without",
                "00-0af7              | \\u000000-0af7            | traceparent must be text without",
                "\"subject\":\"       | \"subject\":\"\\u0000     | subject must be text without",
                "\"stars\":3          | \"stars\":1e301           | data/stars must be a number",
                "\"stars\":3          | \"stars\":1e99999999999   | it is not a JSON object",
                "\"a@b\"              | {\"x\":1}                 | data/email must be",
                "\"a@b\"              | 7                         | data/email must be",
                "00-0af7              | 00-0AF7                   | traceparent must have the form",
                "-01\",               | -01\\r\\nevent: evil\",   | traceparent must have the form",
                "\"subject\":\"user:  | \"subject\":\"<b>any:     | subject must have the form self",
                "feedback/imp         | feedback/other            | channels must be of",
                "\"data\":{           | \"data\":7,\"x\":{        | data must be a JSON object",
            })
    void saysWhatIsWrong(String part, String other, String fault) {
        assertThat(read(with(part, other))).isEmpty();
        assertThat(faults).anyMatch(found -> found.startsWith(fault));
    }

    @Test
    void holdsASensitiveFieldToItsLength() {
        assertThat(read(with("a@b", "a".repeat(300)))).isEmpty();
        assertThat(faults).singleElement().asString().startsWith("data/email must have at most 100");
    }

    @Test
    void saysThatALineIsNoUtf8() {
        var bytes = LINE.getBytes(StandardCharsets.ISO_8859_1);
        bytes[bytes.length / 2] = (byte) 0xff;

        assertThat(form.read(bytes, faults)).isEmpty();
        assertThat(faults).containsExactly("it is not UTF-8");
    }

    @Test
    void readsNoLineLongerThanAllowed() {
        assertThat(form.read(new byte[EventLine.BYTES_MAX + 1], faults)).isEmpty();
        assertThat(faults).containsExactly("it is longer than 4194304 bytes");
    }
}
