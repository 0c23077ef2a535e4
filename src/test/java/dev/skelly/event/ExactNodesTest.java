package dev.skelly.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Equal numbers are equal nodes, and others are not. */
class ExactNodesTest {

    private static final JsonMapper JSON = Json.mapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 -0 0.0 -0.0 0e9 0e-9",
                "100 100.0 1e2 1.00e2 10000e-2 1E+2",
                "-7 -7.0 -70e-1",
                "2147483648 2147483648.0 2.147483648e9",
                "9007199254740993 9007199254740993.00",
                "9223372036854775808 9223372036854775808.0 9.223372036854775808e18",
                "1.5 1.50 15e-1",
                "1e-8 0.00000001",
                "123456789012345678901234567890 1.2345678901234567890123456789e29"
            })
    void spellingHasNoMeaning(String numbers) throws JsonProcessingException {
        var first = JSON.readTree(numbers.split(" ", -1)[0]);

        for (var number : numbers.split(" ", -1)) {
            var node = JSON.readTree(number);
            assertThat(node).as(number).isEqualTo(first).hasSameHashCodeAs(first);
            assertThat(node).as(number).hasToString(first.toString());
            assertThat(node.asText()).as(number).isEqualTo(first.asText());
            assertThat(node.decimalValue()).as(number).isEqualByComparingTo(new BigDecimal(number));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "9007199254740992, 9007199254740993",
        "9007199254740993, 9007199254740992.9",
        "9223372036854775807, 9223372036854775808",
        "0.1, 0.1000000000000000055511151231257827",
        "1e299, 1.0000000000000000000000001e299",
        "0, 1e-300"
    })
    void nearNumbersDiffer(String one, String other) throws JsonProcessingException {
        assertThat(JSON.readTree(one)).isNotEqualTo(JSON.readTree(other));
    }

    @Test
    void recordsAndTextsHaveEqualNumbers() throws JsonProcessingException {
        var written = JSON.valueToTree(Map.of("v", List.of((short) 3, 4L, 5.0, 6.5f, 1L << 40, new BigDecimal("1e3"))));

        assertThat(written).isEqualTo(JSON.readTree("{\"v\":[3,4,5,6.5,1099511627776,1000]}"));
    }

    @Test
    void hugeExponentsAreNotWrittenOut() throws JsonProcessingException {
        assertThat(JSON.readTree("1e999999").toString().length()).isLessThan(20);
    }
}
