package dev.skelly.embedded;

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
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Generates and stores passwords for the processes of this machine: one file of {@code name=value} lines that only its owner can read. */
final class GeneratedSecrets {

    private static final int SECRET_BYTES = 24;

    private final Path file;
    private final SecureRandom random = new SecureRandom();

    GeneratedSecrets(Path file) {
        this.file = file;
    }

    /** Returns the secret of this name. The first call generates it and writes it durably to disk. Blocks. */
    synchronized String get(String name) {
        try {
            var known = read();
            var present = known.get(name);
            if (present != null) {
                return present;
            }
            var made = random();
            known.put(name, made);
            write(known);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep secrets in " + file, e);
        }
    }

    private String random() {
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private Map<String, String> read() throws IOException {
        var known = new TreeMap<String, String>();
        if (Files.exists(file)) {
            for (var line : Files.readAllLines(file)) {
                var equals = line.indexOf('=');
                if (equals > 0) {
                    known.put(line.substring(0, equals), line.substring(equals + 1));
                }
            }
        }
        return known;
    }

    /* Writes a temporary file and moves it, so that a crash leaves the old file or the new one, never a partial one. */
    private void write(Map<String, String> secrets) throws IOException {
        var text = secrets.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                .collect(Collectors.joining());
        var aside = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(aside);
        Files.createFile(aside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
