package dev.skelly.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts are times, and which time each is. */
class Rfc3339Test {

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T09:20:05Z, 2026-11-23T09:20:05Z",
        "2026-11-23t09:20:05.5z, 2026-11-23T09:20:05.500Z",
        "2026-11-23T09:20:05-00:00, 2026-11-23T09:20:05Z",
        "2026-11-23T00:00:00+23:59, 2026-11-22T00:01:00Z",
        "2026-11-23T23:59:59.99999999999999999-23:59, 2026-11-24T23:58:59.999999999Z",
        "2016-12-31T23:59:60Z, 2017-01-01T00:00:00Z",
        "2017-01-01T05:29:60.25+05:30, 2017-01-01T00:00:00.250Z",
        "2015-06-30T19:59:60-04:00, 2015-07-01T00:00:00Z",
        "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z",
        "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999Z, 9999-12-31T23:59:59.999999999Z",
        "0000-01-01T00:00:00-01:00, 0000-01-01T01:00:00Z"
    })
    void readsTimes(String text, Instant time) throws JsonProcessingException {
        assertThat(Rfc3339.time(text)).contains(time);
        assertThat(Json.mapper().readValue('"' + text + '"', Instant.class)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-23",
                "2026-11-23T09:20:05",
                "2026-11-23T09:20Z",
                "2026-11-23 09:20:05Z",
                "2026-11-23T24:00:00Z",
                "2026-11-23T09:60:00Z",
                "2026-11-23T09:20:60Z",
                "2026-12-31T23:59:60+01:00",
                "2026-12-31T23:59:61Z",
                "2026-02-29T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-11-23T09:20:05.Z",
                "2026-11-23T09:20:05,5Z",
                "2026-11-23T09:20:05+0100",
                "2026-11-23T09:20:05+01",
                "2026-11-23T09:20:05+24:00",
                "2026-11-23T09:20:05+01:60",
                "2026-11-23T09:20:05+01:00:30",
                "2026-11-23T09:20:05Z[UTC]",
                "2026-11-23T09:20:05+01:00[Europe/Paris]",
                "+12026-11-23T09:20:05Z",
                "-0001-11-23T09:20:05Z",
                "26-11-23T09:20:05Z",
                "20261123T092005Z",
                "2026-W48-1T00:00:00Z",
                "\u0662026-11-23T09:20:05Z",
                "2026-11-23T09:20:05Z\n",
                " 2026-11-23T09:20:05Z",
                "0000-01-01T00:00:00+00:01",
                "9999-12-31T23:59:59-00:01",
                "9999-12-31T23:59:60Z"
            })
    void refusesEverythingElse(String text) {
        assertThat(Rfc3339.time(text)).isEmpty();
    }
}
