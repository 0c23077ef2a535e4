package dev.skelly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.declaration.EventTypeFiles;
import dev.skelly.event.EventType;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int init(Path where) {
        var program = new Program(
                new NodeControlRecorder(List.of()), Map.of(), new PrintWriter(out, true), new PrintWriter(err, true));
        return program.run("init", where.toString());
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void writesDeclarationsWithoutErrorsAPageAndAReadme() throws IOException {
        // When
        var code = init(folder.resolve("app"));

        // Then
        var declared =
                new EventTypeFiles().folder(folder.resolve("app/conf/events")).declared();
        assertThat(code).as(err.toString()).isZero();
        assertThat(files()).containsExactly("app/README.md", "app/conf/events/list.yaml", "app/web/index.html");
        assertThat(declared.types()).extracting(EventType::name).containsExactly("list.item-added", "list.item-done");
        assertThat(declared.topics()).hasSize(1);
        assertThat(out.toString())
                .contains(
                        "written " + folder.resolve("app/conf/events/list.yaml"), "next: cd " + folder.resolve("app"));
    }

    @Test
    void namesAllFilesThatExistAndWritesNothing() throws IOException {
        // Given
        Files.createDirectories(folder.resolve("web"));
        Files.writeString(folder.resolve("README.md"), "mine");
        Files.createSymbolicLink(folder.resolve("web/index.html"), Path.of("missing.html"));

        // When
        var code = init(folder);

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(err.toString())
                .contains(
                        folder.resolve("README.md").toString(),
                        folder.resolve("web/index.html").toString());
        assertThat(out.toString()).isEmpty();
        assertThat(files()).containsExactly("README.md");
        assertThat(folder.resolve("README.md")).hasContent("mine");
    }

    @Test
    void leavesNothingBehindWhenItCannotWriteEverything() throws IOException {
        // Given
        Files.writeString(folder.resolve("web"), "a file where a folder must be");

        // When
        var code = init(folder);

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).contains(folder.resolve("web/index.html") + " cannot be written");
        assertThat(files()).containsExactly("web");
    }
}
