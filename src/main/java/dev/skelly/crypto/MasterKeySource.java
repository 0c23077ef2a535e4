package dev.skelly.crypto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the master key: from the setting; otherwise from the output of a command; otherwise from the file {@code master-key} in the data folder,
 * which is created when the database is embedded in that folder. Blocks.
 */
public final class MasterKeySource {

    private static final Logger LOGGER = LoggerFactory.getLogger(MasterKeySource.class);
    private static final String FILE = "master-key";
    private static final int COMMAND_SECONDS_MAX = 10;

    private final MasterKeyConfig config;
    private final Path file;
    private final boolean embedded;

    /**
     * Creates the source for a data folder.
     *
     * @param embedded whether the database is in that folder
     */
    public MasterKeySource(MasterKeyConfig config, Path folder, boolean embedded) {
        this.config = config;
        this.file = folder.resolve(FILE);
        this.embedded = embedded;
    }

    /**
     * Returns the settings with the key that was found, or without one. A key in the file still decrypts when another one is set.
     *
     * @throws IllegalArgumentException when the text found is not a key
     */
    public String complete(String configured) {
        try {
            if (!configured.isEmpty()) {
                return Files.exists(file) ? configured + "," + read() : configured;
            }
            if (!config.masterKeyCommand().isEmpty()) {
                return ask();
            }
            if (embedded && !Files.exists(file)) {
                make();
            }
            if (Files.exists(file)) {
                return read();
            }
            LOGGER.atWarn().log("no master key is set, so the keys in the database are not encrypted");
            return configured;
        } catch (IOException e) {
            throw new UncheckedIOException("the master key cannot be read", e);
        }
    }

    /**
     * Checks the file alone, which can be invalid before anything is started.
     *
     * @throws IllegalArgumentException when it exists and contains no key
     */
    public void checkFile() {
        try {
            if (Files.isRegularFile(file)) {
                var unused = read(); // Read only to check it.
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": unreadable (expected: a file that can be read)", e);
        }
    }

    /**
     * Tells whether a node may start: it has a key or a command that supplies one, or the database is embedded, or the settings allow
     * unencrypted keys. Does not run the command.
     */
    public boolean admits(String configured) {
        return embedded
                || config.unsealedKeys()
                || !configured.isEmpty()
                || !config.masterKeyCommand().isEmpty()
                || Files.exists(file);
    }

    private String read() throws IOException {
        return checked(Files.readString(file), file.toString());
    }

    private static String checked(String text, String where) {
        var key = text.lines().findFirst().orElse("").strip();
        if (key.isEmpty() || !MasterKey.wellFormed(key)) {
            throw new IllegalArgumentException(
                    where + ": not shown (expected: base64 of 32 bytes, or several with commas)");
        }
        return key;
    }

    private String ask() throws IOException {
        var process = new ProcessBuilder("sh", "-c", config.masterKeyCommand())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(COMMAND_SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalArgumentException(
                        "security.master-key-command: failed (expected: a key within " + COMMAND_SECONDS_MAX + " s)");
            }
            var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return checked(answer, "security.master-key-command");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the command ran", e);
        } finally {
            process.destroyForcibly();
        }
    }

    /* Writes a temporary file and renames it, so that a crash leaves a complete key or none. */
    private void make() throws IOException {
        var key = new byte[AesGcm.KEY_BYTES];
        new SecureRandom().nextBytes(key);
        var aside = file.resolveSibling(FILE + ".new");
        Files.deleteIfExists(aside);
        Files.createFile(aside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(
                    (Base64.getEncoder().encodeToString(key) + "\n").getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                if (channel.write(bytes) < 0) {
                    throw new IOException("nothing was written");
                }
            }
            channel.force(true);
        }
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
