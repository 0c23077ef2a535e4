package dev.skelly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.WholeNode;
import dev.skelly.testkit.TemporaryFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A backup from before an erasure is put back, whole: erased stays erased (tests E-42 and F-08). */
class RestoredBackupIT {

    private static final String WORD = "qzvcleo";

    private final Path all = TemporaryFolder.make("skelly-restored");
    private final Path data = all.resolve("data");
    private final Path backup = all.resolve("backup");
    private final Path outside = all.resolve("elsewhere").resolve("erased");

    @AfterEach
    void delete() {
        TemporaryFolder.delete(all);
    }

    private WholeNode start() {
        return WholeNode.start(Map.of(
                "db.url",
                "",
                "broker.url",
                "",
                "data.dir",
                data.toString(),
                "privacy.erasure-file",
                outside.toString()));
    }

    private static void copy(Path from, Path to) {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    @Test
    void erasesAgainWhomTheBackupBringsBack() throws IOException {
        // Given: a backup, and an erasure after it
        var trail = new Trail[1];
        try (var node = start()) {
            trail[0] = new Trail(node, WORD);
            trail[0].leave();
            var kept = new KeptFiles(data);
            var admin = new Onlooker(node, WholeNode.ADMIN);
            await().until(() -> admin.history().size() == kept.stamped());
        }
        copy(data, backup);
        try (var node = start()) {
            new Onlooker(node, WholeNode.ADMIN).erase(trail[0].id());
            await().until(() -> !lines(outside).isEmpty());
        }
        assertThat(lines(outside))
                .singleElement()
                .asString()
                .contains(trail[0].id())
                .doesNotContain(WORD);

        // When
        TemporaryFolder.delete(data);
        copy(backup, data);

        // Then
        try (var node = start()) {
            var kept = new KeptFiles(data);
            var admin = new Onlooker(node, WholeNode.ADMIN);
            assertThat(kept.rowsWith(List.of(WORD))).isEmpty();
            await().until(() ->
                    kept.outboxWith(List.of(WORD)) == 0 && admin.history().size() == kept.stamped());
            assertThat(admin.all()).allSatisfy(part -> assertThat(part).doesNotContain(WORD));
            assertThat(admin.all().get(0)).contains("user.deleted");
        }
        assertThat(lines(outside)).isNotEmpty().allMatch(line -> line.contains(trail[0].id()));
    }
}
