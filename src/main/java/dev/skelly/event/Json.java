package dev.skelly.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import java.util.Map;

/** Configures how Skelly reads and writes JSON. */
public final class Json {

    private static final int DEPTH_MAX = 64;
    private static final int TEXT_CHARS_MAX = 256 * 1024;
    private static final int NUMBER_CHARS_MAX = 1_000; // PostgreSQL writes out numbers that arrived with an exponent.
    private static final int TOKENS_MAX = 100_000;

    private static final JsonMapper PLAIN = mapper();

    private Json() {}

    /**
     * Parses a stored object into modifiable maps, lists and plain values.
     *
     * @throws IllegalStateException when the text is no JSON object
     */
    public static Map<String, Object> object(String text) {
        try {
            return PLAIN.readerForMapOf(Object.class).readValue(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored text is not a JSON object", e);
        }
    }

    /**
     * Creates a mapper that rejects comments, duplicate keys, trailing text, and documents that exceed the limits of depth and length. It
     * writes RFC 3339 times, omits nulls, and reads equal numbers as equal nodes. It ignores unknown fields,
     * so that an older node reads a newer node's records.
     */
    public static JsonMapper mapper() {
        var limits = StreamReadConstraints.builder()
                .maxNestingDepth(DEPTH_MAX)
                .maxStringLength(TEXT_CHARS_MAX)
                .maxNumberLength(NUMBER_CHARS_MAX)
                .maxTokenCount(TOKENS_MAX)
                .build();
        return JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(limits)
                        // A table of names that all documents share, to which each caller adds.
                        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .nodeFactory(ExactNodes.INSTANCE)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS) // queries without a parameter
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
                .addModule(new JavaTimeModule())
                .addModule(new SimpleModule("times").addDeserializer(Instant.class, new InstantReader()))
                .build();
    }
}
