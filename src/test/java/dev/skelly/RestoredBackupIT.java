package dev.skelly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.PreparedRun;
import dev.skelly.testing.WholeNode;
import dev.skelly.testkit.TemporaryFolder;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A backup is taken by {@code skelly db backup}, and put back with {@code tar}. */
class RestoredBackupIT {

    private static final String WORD = "qzvcleo";
    private static final String CLICK = "{\"type\":\"ui.clicked\",\"data\":{\"element\":\"a button\"}}";

    private static final Pattern UP_TO = Pattern.compile("(?m)^log: every event up to position (\\d+)");

    private final Path all = TemporaryFolder.make("skelly-restored");
    private final Path data = all.resolve("data");
    private final Path restored = all.resolve("restored");
    private final Path backup = all.resolve("backup.tar.gz");
    private final Path outside = all.resolve("elsewhere").resolve("erased");

    @AfterEach
    void delete() {
        TemporaryFolder.delete(all);
    }

    private WholeNode start(Path folder) {
        return WholeNode.start(Map.of(
                "db.url",
                "",
                "broker.url",
                "",
                "data.dir",
                folder.toString(),
                "privacy.erasure-file",
                outside.toString(),
                "ratelimit.per-second",
                "1000",
                "events.per-second",
                "1000"));
    }

    private CommandHere.Said backUp(String... options) {
        var command = Stream.of("db", "backup", backup.toString(), "--data.dir=" + data);
        var said = CommandHere.run(Stream.concat(command, Stream.of(options)).toArray(String[]::new));
        assertThat(said.code()).as(said.words()).isZero();
        return said;
    }

    /* The programs are linked; to unpack them from the jar takes seconds, and is not what this is about. */
    private void unpack() throws IOException, InterruptedException {
        Files.createDirectory(
                restored, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var tar = new ProcessBuilder("tar", "-xpzf", backup.toString(), "-C", restored.toString())
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).isZero();
        try (var programs = Files.newDirectoryStream(data.resolve("postgres"), "bin-*")) {
            for (var folder : programs) {
                Files.createSymbolicLink(restored.resolve("postgres").resolve(folder.getFileName()), folder);
            }
        }
    }

    /** Emits one event after the other until it is closed. */
    private static final class ClickWriter implements AutoCloseable {

        private final List<String> ids = new CopyOnWriteArrayList<>();
        private final AtomicBoolean ended = new AtomicBoolean();
        private final WholeNode node;
        private final String token;
        private final Thread thread = new Thread(this::write, "writer");

        ClickWriter(WholeNode node) {
            this.node = node;
            this.token = node.signIn(WholeNode.ADMIN);
            thread.start();
        }

        private void write() {
            while (!ended.get()) {
                ids.add(click(node, token));
            }
        }

        @Override
        public void close() {
            ended.set(true);
            await().until(() -> !thread.isAlive());
        }
    }

    private static String click(WholeNode node, String token) {
        var answer = node.send(node.request("/api/events")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(CLICK))
                .build());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return node.read(answer.body()).path("id").asText();
    }

    @Test
    void containsWhatWasAcknowledgedBeforeItBegan() throws IOException, InterruptedException {
        // Given
        PreparedRun.fill(data);
        List<String> answered;
        List<String> before;
        long position;
        try (var node = start(data)) {
            try (var writer = new ClickWriter(node)) {
                answered = writer.ids;
                await().until(() -> answered.size() >= 50);
                before = List.copyOf(answered);

                // When
                var said = backUp();

                // Then
                assertThat(answered).as("written meanwhile").hasSizeGreaterThan(before.size());
                assertThat(said.words())
                        .containsPattern("(?m)^backup of " + data + ": " + backup + ", \\d+ bytes, in [\\d.]+ s$")
                        .contains("master key: in the backup", "tar -xpzf " + backup, "log new-epoch");
                var upTo = UP_TO.matcher(said.words());
                assertThat(upTo.find()).as(said.words()).isTrue();
                position = Long.parseLong(upTo.group(1));
            }
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
                .isEqualTo("rw-------");
        unpack();
        assertThat(restored.resolve("outbox")).doesNotExist();
        var epoch = CommandHere.run("log", "new-epoch", "--data.dir=" + restored);
        assertThat(epoch.code()).as(epoch.words()).isZero();
        var clicks = goesOn(position);
        assertThat(clicks).containsAll(before).isEqualTo(answered.subList(0, clicks.size()));
    }

    /* The clicks of the restored log, before it gets another one. */
    private List<String> goesOn(long position) {
        try (var node = start(restored)) {
            var kept = new KeptFiles(restored);
            await().until(() -> kept.stamped() >= position);
            var clicks = kept.events("ui.clicked");
            var next = click(node, node.signIn(WholeNode.ADMIN));
            await().until(() -> kept.events("ui.clicked").contains(next));
            var verified = CommandHere.run("log", "verify", "--data.dir=" + restored);
            assertThat(verified.code()).as(verified.words()).isZero();
            assertThat(verified.words()).containsPattern("(?m)^whole: positions 1 to \\d+, 0 emptied,");
            return clicks;
        }
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /* Tests E-42 and F-08. */
    @Test
    void erasesAgainWhomTheBackupBringsBack() throws IOException, InterruptedException {
        // Given: a backup, and an erasure after it
        PreparedRun.fill(data);
        var trail = new Trail[1];
        try (var node = start(data)) {
            trail[0] = new Trail(node, WORD);
            trail[0].leave();
            var kept = new KeptFiles(data);
            var admin = new Onlooker(node, WholeNode.ADMIN);
            await().until(() -> admin.history().size() == kept.stamped());
        }
        assertThat(backUp("--without-master-key").words()).contains("master key: not in the backup");
        try (var node = start(data)) {
            new Onlooker(node, WholeNode.ADMIN).erase(trail[0].id());
            await().until(() -> !lines(outside).isEmpty());
        }
        assertThat(lines(outside))
                .singleElement()
                .asString()
                .contains(trail[0].id())
                .doesNotContain(WORD);

        // When
        unpack();
        Files.copy(data.resolve("master-key"), restored.resolve("master-key")); // Fails if the backup has it.

        // Then
        try (var node = start(restored)) {
            var kept = new KeptFiles(restored);
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
