package dev.skelly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The index of the decision notes names each, in the order of their numbers, by the title that the note itself has. */
class DecisionsPageTest {

    private static final Path NOTES = Path.of("src/docs/decisions");

    @Test
    void theIndexHasEveryNoteByItsTitle() throws IOException {
        // Given
        var index = Files.readAllLines(NOTES.resolve("README.md")).stream()
                .filter(line -> line.startsWith("- ["))
                .toList();

        // Then
        assertThat(index).isNotEmpty().isEqualTo(rows());
    }

    private static List<String> rows() throws IOException {
        try (var files = Files.list(NOTES)) {
            return files.filter(file -> !file.endsWith("README.md"))
                    .sorted()
                    .map(DecisionsPageTest::row)
                    .toList();
        }
    }

    /* A note begins with its number and its title: "# 0001 A command answers …". */
    private static String row(Path note) {
        var file = note.getFileName().toString();
        var number = file.substring(0, 4);
        return "- [" + number + "](" + file + "): " + title(note, "# " + number + " ");
    }

    private static String title(Path note, String before) {
        try (var lines = Files.lines(note)) {
            return lines.findFirst()
                    .filter(line -> line.startsWith(before))
                    .map(line -> line.substring(before.length()))
                    .orElse("(none)");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
