package dev.skelly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read as lines: every byte but the ends, in batches, and no line longer than one byte beyond the bound. */
class LineReaderTest {

    private static List<List<String>> read(String text, int count) throws IOException {
        var batches = new ArrayList<List<String>>();
        try (var lines = new LineReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)), 3)) {
            for (var batch = lines.next(count); !batch.isEmpty(); batch = lines.next(count)) {
                batches.add(batch.stream()
                        .map(line -> new String(line, StandardCharsets.ISO_8859_1))
                        .toList());
            }
        }
        return batches;
    }

    @Test
    void readsLinesInBatchesAndLosesNone() throws IOException {
        assertThat(read("a\n\n\u00ff\r\nb", 2)).containsExactly(List.of("a", ""), List.of("\u00ff\r", "b"));
    }

    @Test
    void keepsOneByteMoreThanAllowedOfALongerLine() throws IOException {
        assertThat(read("abcdefgh\nabc\n", 9)).containsExactly(List.of("abcd", "abc"));
    }
}
