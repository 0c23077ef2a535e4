package dev.skelly.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skelly.config.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @Test
    void refusesASecondHolderAndNamesTheFirst(@TempDir Path path) {
        try (var first = DataFolder.open(path)) {
            assertThatThrownBy(() -> DataFolder.open(first.path()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(
                            "in use by process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void isFreeAgainAfterItsHolderClosed(@TempDir Path path) {
        // Given
        DataFolder.open(path).close();

        // When
        try (var second = DataFolder.open(path)) {

            // Then
            assertThat(second.path()).isDirectory();
        }
    }

    @Test
    void takesTheModesOfOthersAwayAndNoMore(@TempDir Path path) throws IOException {
        // Given
        var open = Files.createDirectory(path.resolve("open"));
        var passed = Files.createDirectory(path.resolve("passed"));
        var file = Files.createFile(path.resolve("file"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-x--x"));
        Files.setPosixFilePermissions(passed, PosixFilePermissions.fromString("rwx--x--x"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r---w----"));

        // When
        var mended = List.of(
                OwnerOnly.mend(open),
                OwnerOnly.mend(passed),
                OwnerOnly.mend(file),
                OwnerOnly.mend(path.resolve("none")));

        // Then
        assertThat(mended).containsExactly(true, false, true, false);
        assertThat(mode(open)).isEqualTo("rwx------");
        assertThat(mode(passed)).isEqualTo("rwx--x--x");
        assertThat(mode(file)).isEqualTo("r--------");
        assertThat(OwnerOnly.mend(open)).isFalse();
    }

    @Test
    void whatIsNewIsItsOwnersAlone(@TempDir Path path) throws IOException {
        try (var folder = DataFolder.open(path.resolve("parent/data"))) {
            var secret = folder.secret("one");
            OwnerOnly.createFile(folder.path().resolve("erased"));

            assertThat(secret).isNotEmpty();
            assertThat(mode(folder.path())).isEqualTo("rwx------");
            assertThat(mode(folder.path().resolve("secrets"))).isEqualTo("rw-------");
            assertThat(mode(folder.path().resolve("erased"))).isEqualTo("rw-------");
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void keepsEachSecretForGood(@TempDir Path path) {
        // Given
        String made;
        try (var folder = DataFolder.open(path)) {
            made = folder.secret("one");
            assertThat(folder.secret("two")).isNotEqualTo(made);
        }

        // When
        try (var folder = DataFolder.open(path)) {

            // Then
            assertThat(folder.secret("one")).isEqualTo(made).hasSizeGreaterThan(30);
        }
    }
}
