package dev.skelly.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Layout;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LayoutTest {

    private static final Instant TIME = Instant.parse("2026-11-23T06:44:04.467Z");

    @Test
    void writesTextForPeople() {
        assertThat(line(new TextLayout(), "lease was lost", null, "holder", "a b", "epoch", 7))
                .isEqualTo("2026-11-23T06:44:04.467Z WARN  relay.Relay  lease was lost holder=\"a b\" epoch=7\n");
    }

    @Test
    void letsNoTextBeginALineOfItsOwn() {
        // Given
        var forged = "x\r\n2026-11-23T06:44:05.000Z ERROR all is lost\u001b[31m";

        // When
        var line = line(new TextLayout(), forged, new IllegalStateException(forged), "path", forged);

        // Then
        assertThat(line.lines().skip(1)).isNotEmpty().allMatch(each -> each.startsWith("    "));
        assertThat(line).doesNotContain("\u001b").contains("\\u000d\\u000a2026");
    }

    @Test
    void writesOneJsonObjectALine() throws Exception {
        // When
        var line = line(new JsonLayout(), "two\nlines", new IllegalStateException("why"), "epoch", 7, "level", "mine");

        // Then
        assertThat(line).endsWith("}\n").containsOnlyOnce("\n");
        var read = new JsonMapper().readTree(line);
        assertThat(read.get("time").asText()).isEqualTo("2026-11-23T06:44:04.467Z");
        assertThat(read.get("level").asText()).isEqualTo("WARN");
        assertThat(read.get("level_").asText()).isEqualTo("mine");
        assertThat(read.get("message").asText()).isEqualTo("two\nlines");
        assertThat(read.get("epoch").asInt()).isEqualTo(7);
        assertThat(read.get("cause").asText()).startsWith("java.lang.IllegalStateException: why");
    }

    private static String line(
            Layout<ILoggingEvent> layout,
            String message,
            @org.jspecify.annotations.Nullable Throwable cause,
            Object... values) {
        var logger = new LoggerContext().getLogger("dev.skelly.relay.Relay");
        var event = new LoggingEvent("", logger, Level.WARN, message, cause, new Object[0]);
        event.setInstant(TIME);
        for (var value = 0; value < values.length; value += 2) {
            event.addKeyValuePair(new KeyValuePair((String) values[value], values[value + 1]));
        }
        return layout.doLayout(event);
    }
}
