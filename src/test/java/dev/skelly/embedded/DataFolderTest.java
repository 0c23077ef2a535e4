package dev.skelly.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
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
