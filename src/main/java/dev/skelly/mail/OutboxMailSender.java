package dev.skelly.mail;

import dev.skelly.config.OwnerOnly;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes mails into a folder, on machines without a mail server: {@code <time>-<id>-<person>.eml} for mail programs and the
 * same with {@code .html} for browsers.
 *
 * <p>Files appear complete or not at all, and a mail sent twice is one file. Only the mails to a person who is {@link #forget forgotten} are
 * deleted, complete and partial ones.
 */
final class OutboxMailSender implements MailSender {

    private static final Logger LOGGER = LoggerFactory.getLogger(OutboxMailSender.class);
    private static final DateTimeFormatter NAME_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Vertx vertx;
    private final MailConfig config;
    private final Path folder;

    OutboxMailSender(Vertx vertx, MailConfig config, Path folder) {
        this.vertx = vertx;
        this.config = config;
        this.folder = folder;
    }

    @Override
    public Future<?> deploy(Context context) {
        LOGGER.atInfo()
                .addKeyValue("folder", folder.toAbsolutePath())
                .log("no mail server is set, mail is written to a folder");
        return Future.succeededFuture();
    }

    @Override
    public boolean delivers() {
        return false;
    }

    @Override
    public Future<Void> send(Email letter) {
        return vertx.<Path>executeBlocking(() -> write(letter), false)
                .onSuccess(file -> LOGGER.atInfo().addKeyValue("file", file).log("mail was written to the outbox"))
                .mapEmpty();
    }

    private Path write(Email letter) throws IOException {
        OwnerOnly.createFolder(folder);
        var name = NAME_TIME.format(letter.time()) + "-" + letter.id() + "-" + letter.person();
        write(letter.person(), folder.resolve(name + ".html"), letter.html().getBytes(StandardCharsets.UTF_8));
        var eml = folder.resolve(name + ".eml");
        write(letter.person(), eml, EmlFile.bytes(config, letter));
        return eml;
    }

    /* Two workers may write the same mail at once, so each has its own temporary file. */
    private void write(UUID person, Path file, byte[] content) throws IOException {
        var partial = Files.createTempFile(folder, ".", "-" + person + ".partial"); // Readable by its owner only.
        try (var channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public Future<Void> forget(UUID person) {
        return vertx.<Integer>executeBlocking(() -> delete(person), false).mapEmpty();
    }

    private int delete(UUID person) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        var deleted = 0;
        try (var letters = Files.newDirectoryStream(folder, "*-" + person + ".{eml,html,partial}")) {
            for (var letter : letters) {
                deleted += Files.deleteIfExists(letter) ? 1 : 0;
            }
        }
        return deleted;
    }
}
