package dev.skelly.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.Optional;

/** Detects errors in settings files that the parsing library ignores: duplicate names, and files without settings. */
final class StrictYaml {

    private static final YAMLFactory YAML = YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private StrictYaml() {}

    /** Returns the error in a settings file, with what was expected; empty without one. */
    static Optional<String> fault(String text) {
        try (var parser = YAML.createParser(text)) {
            var first = parser.nextToken();
            if (first != null && first != JsonToken.START_OBJECT && first != JsonToken.VALUE_NULL) {
                return Optional.of("holds no settings (expected: groups of them, as http: with port: below)");
            }
            for (var token = first; token != null; token = parser.nextToken()) {
                if (parser.isCurrentAlias()) {
                    return Optional.of(
                            "refers to another place in line " + line(parser) + " (expected: YAML without aliases)");
                }
            }
            return Optional.empty();
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            var where = place == null ? "" : " in line " + place.getLineNr();
            return Optional.of(
                    e.getOriginalMessage().startsWith("Duplicate")
                            ? "says something twice" + where + " (expected: each name once)"
                            : "cannot be read" + where + " (expected: YAML)");
        } catch (IOException e) {
            return Optional.of("cannot be read (expected: YAML)");
        }
    }

    private static int line(YAMLParser parser) {
        return parser.currentLocation().getLineNr();
    }
}
