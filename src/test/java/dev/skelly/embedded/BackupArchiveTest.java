package dev.skelly.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupArchiveTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    private Path folder;

    private BackupRequest request() {
        return new BackupRequest(folder.resolve("data"), 0, folder.resolve("b.tar.gz"), true);
    }

    @Test
    void hasItsNameOnlyWhenItIsComplete() throws IOException {
        // Given
        var big = Files.write(folder.resolve("big"), new byte[300_000]);
        try (var archive = BackupArchive.create(request())) {
            // When
            archive.folder("below");
            archive.text("below/text", "ä");
            assertThat(archive.file("below/big", big)).isTrue();
            assertThat(archive.file("below/gone", folder.resolve("gone"))).isFalse();
            assertThatThrownBy(() -> BackupArchive.create(request())).isInstanceOf(FileAlreadyExistsException.class);
            assertThat(request().file()).doesNotExist();
            assertThat(archive.complete()).isEqualTo(Files.size(request().file()));
        }

        // Then
        assertThat(request().incomplete()).doesNotExist();
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(request().file())))
                .isEqualTo("rw-------");
        var entries = new ArrayList<String>();
        try (var tar = new TarArchiveInputStream(
                new GzipCompressorInputStream(Files.newInputStream(request().file())))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries.add(Integer.toOctalString(entry.getMode()) + " " + entry.getName() + " " + entry.getSize());
            }
        }
        assertThat(entries).containsExactly("40700 below/ 0", "100600 below/text 2", "100600 below/big 300000");
    }

    @Test
    void leavesNothingWhenItIsBrokenOffAndReplacesNothing() throws IOException {
        // When
        try (var archive = BackupArchive.create(request())) {
            archive.text("text", "half");
        }
        assertThat(folder).isEmptyDirectory();
        try (var archive = BackupArchive.create(request())) {
            Files.writeString(request().file(), "of another program");
            assertThatThrownBy(archive::complete).isInstanceOf(FileAlreadyExistsException.class);
        }

        // Then
        assertThat(request().file()).hasContent("of another program");
        assertThat(request().incomplete()).doesNotExist();
    }
}
