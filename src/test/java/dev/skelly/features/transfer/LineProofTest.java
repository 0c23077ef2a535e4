package dev.skelly.features.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skelly.crypto.MasterKey;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.Json;
import dev.skelly.eventlog.CursorCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which lines are an own export's, and what is checked of them nevertheless. */
class LineProofTest {

    private static final JsonMapper JSON = Json.mapper();
    private static final String ONE = key(1);
    private static final String TWO = key(2);
    private static final CursorCodec LOG = log(1, 5);
    private static final String ADA = "user:0192f000-0000-7000-8000-000000000007";
    private static final String LINE = """
            {"specversion":"1.0","id":"0192f000-0000-7000-8000-000000000001","source":"/skelly/gone","type":"thing.gone",\
            "subject":"%1$s","time":"2026-11-23T12:00:00Z","correlationid":"0192f000-0000-7000-8000-000000000002",\
            "subjectversion":1,"dataversion":3,"channels":"%1$s","sensitive":"[\\"email\\"]","retention":"PT720H",\
            "cursor":"a","data":{"stars":0.30,"email":"a@b"}}""".formatted(ADA);

    private final List<String> faults = new ArrayList<>();

    private static String key(int fill) {
        var bytes = new byte[32];
        bytes[0] = (byte) fill;
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static CursorCodec log(long epoch, int fill) {
        var bytes = new byte[16];
        bytes[0] = (byte) fill;
        return new CursorCodec(epoch, bytes);
    }

    private static LineProof proof(String masters, CursorCodec log) {
        return LineProof.of(MasterKey.configured(masters), log);
    }

    private static ObjectNode line(String text) throws JsonProcessingException {
        return (ObjectNode) JSON.readTree(text);
    }

    private static ObjectNode signed(LineProof proof, String text) throws JsonProcessingException {
        var line = line(text);
        return line.put("proof", proof.sign(line));
    }

    private Optional<ImportedEvent> read(ObjectNode line) {
        var form = new EventLine(EventTypeRegistry.of(Map.of()), JSON, proof(ONE, LOG), Map.of());
        return form.read(line.toString().getBytes(StandardCharsets.UTF_8), faults);
    }

    @Test
    void aRotatedMasterKeyIsAcceptedAndAnotherIsNot() throws JsonProcessingException {
        var line = signed(proof(ONE, LOG), LINE);

        assertThat(proof(TWO + "," + ONE, LOG).origin(line)).isEqualTo(LineOrigin.OWN);
        assertThat(proof(ONE, log(1, 6)).origin(line)).isEqualTo(LineOrigin.OWN);
        assertThat(proof(TWO, LOG).origin(line)).isEqualTo(LineOrigin.FOREIGN);
        assertThat(proof("", LOG).origin(line)).isEqualTo(LineOrigin.FOREIGN);
        assertThat(proof(TWO, LOG).origin(signed(proof(TWO + "," + ONE, LOG), LINE)))
                .isEqualTo(LineOrigin.OWN);
    }

    @Test
    void withoutAMasterKeyTheLogAloneIsTrustedInEachOfItsEpochs() throws JsonProcessingException {
        var line = signed(proof("", LOG), LINE);

        assertThat(proof("", log(2, 5)).origin(line)).isEqualTo(LineOrigin.OWN);
        assertThat(proof("", log(1, 6)).origin(line)).isEqualTo(LineOrigin.FOREIGN);
        assertThat(proof(ONE, LOG).origin(line)).isEqualTo(LineOrigin.FOREIGN);
    }

    @Test
    void neitherOrderNorSpellingNorCursorMatters() throws JsonProcessingException {
        var line = signed(proof(ONE, LOG), LINE);
        var same =
                line(line.toString().replace("\"stars\":0.3", "\"stars\":3e-1").replace("\"a\"", "\"b\""));
        same.set("id", same.remove("id"));
        same.remove("cursor");

        assertThat(same.toString()).isNotEqualTo(line.toString());
        assertThat(proof(ONE, LOG).origin(same)).isEqualTo(LineOrigin.OWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "\"abc\"",
                "\"\"",
                "{}",
                "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"",
                "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB\""
            })
    void saysThatAProofHasAnotherForm(String proof) throws JsonProcessingException {
        var line = line(LINE);
        line.set("proof", JSON.readTree(proof));

        assertThat(read(line)).isEmpty();
        assertThat(faults).containsExactly("type is unknown", "proof must be 43 characters of base64url");
    }

    @Test
    void aNullProofIsNone() throws JsonProcessingException {
        assertThat(read(line(LINE).putNull("proof"))).isEmpty();
        assertThat(faults).containsExactly("type is unknown");
    }

    @Test
    void keepsWhatTheProofCovers() throws JsonProcessingException {
        var event = read(signed(proof(ONE, LOG), LINE)).orElseThrow();

        assertThat(faults).isEmpty();
        assertThat(event.type()).isEqualTo("thing.gone");
        assertThat(event.own()).isEqualTo(new OwnExport("/skelly/gone", 3, List.of("email"), Duration.ofDays(30)));
    }

    @Test
    void takesALineOfMoreBytesThanARequestMayHave() throws JsonProcessingException {
        var text = "\"" + "x".repeat(200_000) + "\"";
        var line = LINE.replace("0.30", "[" + String.join(",", Collections.nCopies(10, text)) + "]");

        assertThat(read(signed(proof(ONE, LOG), line))).isPresent();
        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"dataversion\":3     | \"dataversion\":0     | dataversion must be a whole number from 1",
                "\"dataversion\":3     | \"dataversion\":\"3\" | dataversion must be a whole number from 1",
                "\"data\":{            | \"data\":7,\"x\":{    | data must be a JSON object",
                "0192f000-0000-7000-8000-000000000007 | 7      | subject or channels must name the one person",
                "[\\\"email\\\"]       | email                 | sensitive must be a JSON array",
                "PT720H                | month                 | retention must be an ISO 8601 duration",
                "thing.gone            | Thing                 | type must be words",
                "2026-11-23            | 1926-11-23            | time must be an RFC 3339 time",
                "\"a@b\"               | \"\\u0000\"           | data/email must be text without the NUL",
            })
    void refusesWhatCannotBeStored(String part, String other, String fault) throws JsonProcessingException {
        assertThat(LINE).contains(part);
        assertThat(read(signed(proof(ONE, LOG), LINE.replace(part, other)))).isEmpty();
        assertThat(faults).singleElement().asString().startsWith(fault);
    }
}
