package dev.skelly.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Set;

/**
 * Formats a log event as one JSON object a line: {@code time}, {@code level}, {@code logger}, {@code thread}, {@code message}, the line's
 * values, {@code cause}.
 */
final class JsonLayout extends LayoutBase<ILoggingEvent> {

    private static final Set<String> TAKEN = Set.of("time", "level", "logger", "thread", "message", "cause");

    private static final int LAST_PLAIN =
            '~'; // The characters after it may be a terminal command, or reverse the direction of a line.

    private final JsonFactory json = new JsonFactory();

    @Override
    public String doLayout(ILoggingEvent event) {
        var line = new StringWriter();
        try (var generator = json.createGenerator(line).setHighestNonEscapedChar(LAST_PLAIN)) {
            generator.writeStartObject();
            generator.writeStringField("time", event.getInstant().toString());
            generator.writeStringField("level", event.getLevel().toString());
            generator.writeStringField("logger", event.getLoggerName());
            generator.writeStringField("thread", event.getThreadName());
            generator.writeStringField("message", event.getFormattedMessage());
            values(event, generator);
            if (event.getThrowableProxy() != null) {
                generator.writeStringField("cause", ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string writer never fails", e);
        }
        return line.append('\n').toString();
    }

    private static void values(ILoggingEvent event, JsonGenerator generator) throws IOException {
        if (event.getKeyValuePairs() == null) {
            return;
        }
        for (var pair : event.getKeyValuePairs()) {
            generator.writeFieldName(TAKEN.contains(pair.key) ? pair.key + "_" : pair.key);
            if (pair.value instanceof Integer || pair.value instanceof Long) {
                generator.writeNumber(((Number) pair.value).longValue());
            } else if (pair.value instanceof Boolean flag) {
                generator.writeBoolean(flag);
            } else {
                generator.writeString(String.valueOf(pair.value));
            }
        }
    }
}
