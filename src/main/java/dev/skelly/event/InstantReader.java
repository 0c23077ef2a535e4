package dev.skelly.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads a time of a record. What a schema has called a {@code date-time} has to be readable here, leap seconds included; other texts come
 * from records that this program wrote, and are left to the library.
 */
final class InstantReader extends StdDeserializer<Instant> {

    private static final long serialVersionUID = 1L;

    InstantReader() {
        super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        var time = parser.hasToken(JsonToken.VALUE_STRING) ? Rfc3339.time(parser.getText()) : Optional.<Instant>empty();
        return time.isPresent() ? time.get() : InstantDeserializer.INSTANT.deserialize(parser, context);
    }
}
