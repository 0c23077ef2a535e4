package dev.skelly.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of all features are one table; a line that says nothing clear is refused with its file. */
class FeatureLinesTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // given before each test
    private Path folder;

    private FeatureLines lines(String one, String other) throws Exception {
        Files.writeString(folder.resolve("lamps.txt"), one);
        Files.writeString(folder.resolve("shades.txt"), other);
        return FeatureLines.read(folder);
    }

    @Test
    void filesAreMergedAndLinesContinued() throws Exception {
        var lines = lines("""
                # who
                GET /api/lamps/{id}  401 200 404 200 401 401

                /api/lamps/{id} = select id
                    from lamp
                """, "table shade deleted with lamp\nstate shade = none: a worker writes it\n");

        assertThat(lines.values("thing")).containsEntry("/api/lamps/{id}", "select id from lamp");
        assertThat(lines.values("table")).containsEntry("shade", "deleted with lamp");
        assertThat(lines.of("route"))
                .extracting(FeatureLines.Line::place)
                .containsExactly("access/lamps.txt: route GET /api/lamps/{id}");
        assertThat(new PersonalTables(lines).gaps(List.of("lamp", "shade")))
                .singleElement()
                .asString()
                .startsWith("table lamp has no line: ");
    }

    @Test
    void unclearLinesAreRefusedByFile() {
        assertThatThrownBy(() -> lines("tabel lamp deleted\n", ""))
                .hasMessageContaining("access/lamps.txt: tabel lamp");
        assertThatThrownBy(() -> lines("", "unkeyed POST /api/lamps\n")).hasMessageContaining("access/shades.txt: ");
        assertThatThrownBy(() -> lines("table lamp deleted\n", "table lamp emptied\n"))
                .hasMessageContaining("access/shades.txt: table lamp stands twice, see access/lamps.txt");
        assertThatThrownBy(() -> new PersonalTables(lines("table lamp gone\n", "")).kind("lamp"))
                .hasMessageContaining("expected: one of [deleted, emptied, impersonal]");
    }
}
