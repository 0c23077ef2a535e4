package dev.skelly.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.skelly.event.ExactNodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Reads files in YAML that declare things, and reports those that cannot be read. Not thread-safe. */
public final class YamlFiles {

    private static final long FILE_BYTES_MAX = 1024 * 1024;

    private final YAMLMapper yaml = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .nodeFactory(ExactNodes.INSTANCE)
            .build();
    private final Consumer<String> faults;

    /**
     * Creates a reader.
     *
     * @param faults gets one line for each file that cannot be read, beginning with the name of the file
     */
    public YamlFiles(Consumer<String> faults) {
        this.faults = faults;
    }

    /**
     * Reads every {@code .yaml} and {@code .yml} file of a folder, ordered by name. A missing folder counts as empty.
     *
     * @param read gets the name and the content of each file that can be read and is not empty
     */
    public void folder(Path folder, BiConsumer<String, JsonNode> read) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.list(folder)) {
            files.filter(file -> file.toString().matches(".*\\.ya?ml")).sorted().forEach(file -> file(file, read));
        } catch (IOException e) {
            faults.accept(folder + ": cannot be read");
        }
    }

    private void file(Path file, BiConsumer<String, JsonNode> read) {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                faults.accept(file + ": too long (expected: at most " + FILE_BYTES_MAX + " bytes)");
            } else {
                text(file.toString(), Files.readString(file), read);
            }
        } catch (IOException e) {
            faults.accept(file + ": cannot be read as text in UTF-8");
        }
    }

    /**
     * Reads the text of a file.
     *
     * @param read gets the name and the content if it can be read and is not empty
     */
    public void text(String name, String text, BiConsumer<String, JsonNode> read) {
        try {
            var document = yaml.readTree(text);
            if (!document.isMissingNode() && !document.isNull()) {
                read.accept(name, document);
            }
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            faults.accept(name + ": is no YAML" + (place == null ? "" : "; see line " + place.getLineNr()));
        }
    }
}
