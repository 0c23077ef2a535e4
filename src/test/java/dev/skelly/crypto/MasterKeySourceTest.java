package dev.skelly.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeySourceTest {

    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    @TempDir
    private Path folder;

    @Test
    void makesAFileOnceWhereTheDatabaseIsEmbedded() throws IOException {
        // When
        var made = found("", true);
        var again = found("", false);

        // Then
        assertThat(MasterKey.wellFormed(made)).isTrue();
        assertThat(again).isEqualTo(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("master-key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void makesNothingWhereTheDatabaseIsElsewhere() {
        assertThat(found("", false)).isEmpty();
        assertThat(folder.resolve("master-key")).doesNotExist();
    }

    @Test
    void aNodeStartsOverADatabaseElsewhereOnlyWithAKeyOrWhenItIsAllowed(@TempDir Path other) throws IOException {
        var none = new MasterKeySource(new MasterKeyConfig("", false), other, false);

        assertThat(none.admits("")).isFalse();
        assertThat(none.admits("a key")).isTrue();
        assertThat(new MasterKeySource(new MasterKeyConfig("", false), other, true).admits(""))
                .isTrue();
        assertThat(new MasterKeySource(new MasterKeyConfig("vault", false), other, false).admits(""))
                .isTrue();
        assertThat(new MasterKeySource(new MasterKeyConfig("", true), other, false).admits(""))
                .isTrue();
        Files.writeString(other.resolve("master-key"), "a key");
        assertThat(none.admits("")).isTrue();
    }

    @Test
    void asksTheCommand() {
        assertThat(found("echo " + KEY + "; echo more", true)).isEqualTo(KEY);
        assertThatThrownBy(() -> found("exit 3", true)).hasMessageContaining("security.master-key-command: failed");
        assertThatThrownBy(() -> found("echo hush", true))
                .hasMessageContaining("security.master-key-command")
                .hasMessageNotContaining("hush");
    }

    @Test
    void stillOpensWhatTheFilesKeySealedWhenAnotherIsSet() {
        // Given
        var sealed = MasterKey.configured(found("", true)).orElseThrow().seal(Buffer.buffer("text"), "row");

        // When
        var set = source("", true).complete(KEY);

        // Then
        var both = MasterKey.configured(set).orElseThrow();
        assertThat(both.name()).isEqualTo(MasterKey.of(KEY).name());
        assertThat(both.open(sealed, "row")).isEqualTo(Buffer.buffer("text"));
        assertThatThrownBy(() -> MasterKey.of(KEY).open(sealed, "row")).hasMessageContaining("security.master-key");
    }

    private String found(String command, boolean embedded) {
        return source(command, embedded).complete("");
    }

    private MasterKeySource source(String command, boolean embedded) {
        return new MasterKeySource(new MasterKeyConfig(command, false), folder, embedded);
    }
}
