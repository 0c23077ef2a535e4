package dev.skelly.fuzz;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The tokens in the newest letters that a node wrote, whoever they are for. Safe on any thread. */
final class Letters {

    private static final Pattern TOKEN = Pattern.compile("#[a-z-]+=([A-Za-z0-9_-]{43})");
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int KEPT_MAX = 60;

    private final Path folder;
    private final Set<Path> read = new HashSet<>();
    private final Deque<String> tokens = new ArrayDeque<>();
    private long next = System.nanoTime();

    Letters(Path folder) {
        this.folder = folder;
    }

    synchronized List<String> tokens() {
        if (System.nanoTime() - next >= 0 && Files.isDirectory(folder)) {
            look();
            next = System.nanoTime() + LOOK.toNanos();
        }
        return List.copyOf(tokens);
    }

    private void look() {
        try (var files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".eml") && read.add(file))
                    .limit(KEPT_MAX)
                    .forEach(this::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        while (tokens.size() > KEPT_MAX) {
            tokens.removeFirst();
        }
    }

    private void read(Path file) {
        try (var stream = Files.newInputStream(file)) {
            var letter = (MimeMultipart) new MimeMessage(null, stream).getContent();
            var found = TOKEN.matcher(String.valueOf(letter.getBodyPart(0).getContent()));
            if (found.find()) {
                tokens.addLast(found.group(1));
            }
        } catch (NoSuchFileException e) {
            tokens.addLast("erased"); // With the person it was for, meanwhile.
        } catch (IOException | MessagingException e) {
            throw new IllegalStateException(file + " (expected: a letter)", e);
        }
    }
}
